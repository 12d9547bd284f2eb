import { SetupError } from '../errors'
import { callerIdentity } from './caller'
import type { Target } from './target'

/**
 * Resolves the identity of the second user.
 * @throws SetupError if the profile has no valid credentials
 */
export async function findSecondUser(profile: string, region: string): Promise<NonNullable<Target['secondUser']>> {
  try {
    const { Arn = '' } = await callerIdentity({ region, profile })
    return { profile, principal: principalOf(Arn) }
  } catch (error) {
    throw new SetupError(
      `Could not resolve the identity of S3_SECOND_USER_PROFILE=${profile}: ${(error as Error).message}.\n` +
        'Is the profile complete, or has its session expired?',
    )
  }
}

/**
 * Returns the ARN of the user or role behind a caller, because a policy cannot name each session of a role.
 * @param arn the caller's ARN. Roles with a path do not work, because the ARN of a session lacks the path of its role.
 */
export function principalOf(arn: string): string {
  return arn.replace(/^(arn:[\w-]+):sts:(:\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam:$2:role/$3')
}
