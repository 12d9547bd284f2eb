import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CLASSES, type FactId, factIds, facts } from '../evidence/catalogue'
import { questions } from '../evidence/open-questions'
import { type Known, readKnown } from '../stores/known'
import { storeNamed } from '../stores/stores'
import { SETTINGS } from '../targets/settings'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The pages that `npm run docs` writes, by path: what they say comes from the settings, facts and recordings. */
export function pages(): Record<string, string> {
  return {
    'README.md': readme(read('README.md')),
    'docs/checks.md': checks(),
    'docs/open-questions.md': openQuestions(),
  }
}

export function read(page: string): string {
  return readFileSync(`${root}/${page}`, 'utf8')
}

function readme(text: string): string {
  return between(between(text, 'settings', settings()), 'stores', stores())
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
export function between(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`README.md lacks ${start} or ${end}.`)
  return `${before}${start}\n\n${content}\n\n${end}${after}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function settings(): string {
  return table(
    ['variable', 'values', 'meaning', 'without it'],
    SETTINGS.map(({ name, values, meaning, otherwise }) => [`\`${name}\``, values, meaning, otherwise]),
  )
}

interface Recording {
  readonly title: string
  readonly known: Known
}

/** The recordings of all stores and versions. */
function recordings(): Recording[] {
  return readdirSync(`${root}/support/stores`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const [store = '', version = ''] = file.replace(/\.json$/, '').split('/')
      return { title: `${storeNamed(store).title} ${version}`, known: readKnown(store, version) }
    })
}

function stores(): string {
  const count = ({ results }: Known, verdict: string) =>
    String(Object.values(results).filter((result) => result === verdict).length)
  return table(
    ['store', 'checks that hold', 'known deviations', 'not applicable', 'recorded'],
    recordings().map(({ title, known }) => [
      title,
      count(known, 'holds'),
      count(known, 'known deviation'),
      count(known, 'not applicable'),
      known.recorded ?? '',
    ]),
  )
}

const MARKS: Record<string, string> = { holds: '✓', 'known deviation': '✗', 'not applicable': '–' }

/** Every check, and on which stores it was seen to hold. */
function checks(): string {
  const all = recordings()
  const ids = [...new Set(all.flatMap(({ known }) => Object.keys(known.results)))].sort()
  const files = [...new Set(ids.map((id) => id.split(' > ')[0] ?? ''))]
  const sections = files.map((file) => {
    const rows = ids
      .filter((id) => id.startsWith(`${file} > `))
      .map((id) => [id.slice(file.length + 3), ...all.map(({ known }) => MARKS[known.results[id] ?? ''] ?? '')])
    return `## [${file}](../specs/${file}.spec.ts)\n\n${table(['check', ...all.map(({ title }) => title)], rows)}`
  })
  const nowhere = ids.filter((id) => !all.some(({ known }) => known.results[id] === 'holds'))
  return [
    '# Which check was seen to hold where',
    '✓ holds, ✗ known deviation, – not applicable. Made by `npm run docs` from the recordings in `support/stores`.',
    `Of ${ids.length} checks ${nowhere.length} were seen to hold on none of these stores; their evidence is all they have:`,
    nowhere.map((id) => `- ${id}`).join('\n'),
    ...sections,
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
}

/** What nobody has seen Amazon S3 do. */
function openQuestions(): string {
  const asked = Object.entries(questions).map(([id, { asks, known, state, handling, facts: about }]) =>
    [`## ${id}: ${asks}`, `*${state}*; facts ${about.join(', ')}`, known, `**What the suite does:** ${handling}`].join(
      '\n\n',
    ),
  )
  const list = (strength: keyof typeof CLASSES) =>
    factIds
      .filter((id: FactId) => facts[id].class === strength)
      .map((id) => `- ${id}: ${facts[id].says}${facts[id].note ? ` *${facts[id].note}*` : ''}`)
      .join('\n')
  return [
    '# Open questions',
    'What sources disagree on, and what nobody has seen Amazon S3 do. Made by `npm run docs` from `support/evidence`.',
    ...asked,
    '## Facts that are open, and asserted nowhere',
    list('open'),
    `## Facts that ${CLASSES.claimed}; asserted as such`,
    list('claimed'),
  ]
    .join('\n\n')
    .concat('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [page, text] of Object.entries(pages())) writeFileSync(`${root}/${page}`, text)
}
