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
