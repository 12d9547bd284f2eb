import { SetupError } from '../errors'
import type { Target } from './target'

/**
 * Asks who the second caller is.
 * @param profile of the AWS configuration
 * @returns it, as the policies of buckets name it
 * @throws SetupError when nobody says so
 */
export async function findSecondUser(profile: string, region: string): Promise<NonNullable<Target['secondUser']>> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient({ region, profile, maxAttempts: 3 })
  try {
    const { Arn = '' } = await client.send(new GetCallerIdentityCommand({}))
    return { profile, principal: principalOf(Arn) }
  } catch (error) {
    throw new SetupError(
      `S3_SECOND_USER_PROFILE=${profile} is nobody: ${(error as Error).message}.\nIs the profile complete, or its session over?`,
    )
  } finally {
    client.destroy()
  }
}

/**
 * The user or role behind a caller: each client that assumes a role has a session of its own.
 * @param arn of the caller; of a session it does not say the path of its role, which therefore may have none
 */
export function principalOf(arn: string): string {
  return arn.replace(/^(arn:[\w-]+):sts:(:\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam:$2:role/$3')
}
