import type { GetCallerIdentityCommandOutput, STSClientConfig } from '@aws-sdk/client-sts'

/**
 * Returns the account id and the ARN of the credentials' owner. Calls STS GetCallerIdentity, which needs no
 * permissions.
 */
export async function callerIdentity(config: STSClientConfig): Promise<GetCallerIdentityCommandOutput> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient({ maxAttempts: 3, ...config })
  try {
    return await client.send(new GetCallerIdentityCommand({}))
  } finally {
    client.destroy()
  }
}
