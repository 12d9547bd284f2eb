import { SetupError } from '../errors'
import { callerIdentity } from './caller'
import type { Target } from './target'

/**
 * Determines the second user's principal for bucket policies.
 * @throws SetupError if the profile has no valid credentials
 */
export async function findSecondUser(profile: string, region: string): Promise<NonNullable<Target['secondUser']>> {
  try {
    const { Arn = '' } = await callerIdentity({ region, profile })
    return { profile, principal: principalOf(Arn) }
  } catch (error) {
    throw new SetupError(
      `The second user could not be determined from S3_SECOND_USER_PROFILE=${profile}: ${(error as Error).message}.\n` +
        'Check that the profile is complete and that its session has not expired.',
    )
  }
}

/**
 * Converts the ARN of a caller to a principal for bucket policies. For a role session, the principal is the role,
 * because a policy cannot list every session.
 * @param arn the caller's ARN. Roles with a path are not supported, because the ARN of a session omits the role's path.
 */
export function principalOf(arn: string): string {
  return arn.replace(/^(arn:[\w-]+):sts:(:\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam:$2:role/$3')
}
