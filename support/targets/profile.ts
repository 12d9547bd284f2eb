import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../errors'

/**
 * Sees that the profile is there whose credentials a run is to have: the SDK would only say that it found none.
 * @throws SetupError that names the files and the profiles in them
 */
export function checkProfile(
  env: Readonly<Record<string, string | undefined>>,
  setting: 'AWS_PROFILE' | 'S3_SECOND_USER_PROFILE' = 'AWS_PROFILE',
): void {
  const profile = env[setting]
  // A key in the environment comes before the profile of the run itself.
  if (!profile || (setting === 'AWS_PROFILE' && env.AWS_ACCESS_KEY_ID)) return
  const files = [
    env.AWS_CONFIG_FILE || join(home(), '.aws', 'config'),
    env.AWS_SHARED_CREDENTIALS_FILE || join(home(), '.aws', 'credentials'),
  ]
  const there = [...new Set(files.flatMap(profilesIn))]
  if (there.includes(profile)) return
  const others = there.length > 0 ? `only ${there.slice(0, 10).join(', ')}` : 'and no profile at all'
  throw new SetupError(
    `There is no profile named ${profile} in ${files.join(' and ')}, ${others}: is ${setting} right?`,
  )
}

function profilesIn(file: string): string[] {
  try {
    return [...readFileSync(file, 'utf8').matchAll(/^\s*\[\s*(?:profile\s+)?["']?([^\]"']+?)["']?\s*\]/gm)].map(
      ([, name = '']) => name,
    )
  } catch {
    return []
  }
}

/** Without HOME, and without an entry among the users, there is none. */
function home(): string {
  try {
    return homedir()
  } catch {
    return '/'
  }
}
