import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * What is wrong with AWS_PROFILE; the SDK would say only that it found no credentials.
 * @returns undefined where there is no such variable, or a profile of that name
 */
export function profileComplaint(env: Environment): string | undefined {
  const { AWS_PROFILE: name, HOME = homedir() } = env
  if (!name || name === 'default') return undefined
  const config = env.AWS_CONFIG_FILE || join(HOME, '.aws', 'config')
  const credentials = env.AWS_SHARED_CREDENTIALS_FILE || join(HOME, '.aws', 'credentials')
  const text = [config, credentials].map(textOf).join('\n')
  const names = [...text.matchAll(/^\s*\[\s*(?:profile\s+)?"?([^\]"]+?)"?\s*\]/gm)].map(([, found]) => found)
  if (names.includes(name)) return undefined
  return `AWS_PROFILE=${name} is no profile in ${config} or ${credentials}: aws configure list-profiles lists those there are.`
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/**
 * A variable that looks like a misspelt setting, which would be passed over without a word.
 * @param settings their names
 */
export function misspelt(env: Environment, settings: readonly string[]): string[] {
  const others = Object.keys(env).filter((name) => name.startsWith('S3_') && !settings.includes(name))
  return others.flatMap((name) => {
    const meant = settings.find((setting) => setting.startsWith('S3_') && distance(name, setting) <= 2)
    return meant ? [`${name} is no setting: write it ${meant}, or leave it away.`] : []
  })
}

/** How many letters have to be put in, taken out or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, n) => n)
  for (const [n, letter] of [...from].entries()) {
    const next = [n + 1]
    for (let at = 1; at <= to.length; at++) {
      const changed = (row[at - 1] ?? 0) + (letter === to[at - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
