import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SETTINGS } from '../targets/settings'

const README = fileURLToPath(new URL('../../README.md', import.meta.url))

/** The README's table of settings, from the settings themselves. */
export function settingsTable(): string {
  const rows = SETTINGS.map(
    ({ name, values, meaning, otherwise }) => `| \`${name}\` | ${values} | ${meaning} | ${otherwise} |`,
  )
  return ['| variable | values | meaning | without it |', '|---|---|---|---|', ...rows].join('\n')
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
export function between(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`README.md lacks ${start} or ${end}.`)
  return `${before}${start}\n\n${content}\n\n${end}${after}`
}

export function readReadme(): string {
  return readFileSync(README, 'utf8')
}

export function rendered(text: string): string {
  return between(text, 'settings', settingsTable())
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(README, rendered(readReadme()))
