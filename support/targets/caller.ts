import type { GetCallerIdentityCommandOutput, STSClientConfig } from '@aws-sdk/client-sts'

/** Asks STS for the account and the ARN that credentials belong to. Requires no permissions. */
export async function callerIdentity(config: STSClientConfig): Promise<GetCallerIdentityCommandOutput> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient({ maxAttempts: 3, ...config })
  try {
    return await client.send(new GetCallerIdentityCommand({}))
  } finally {
    client.destroy()
  }
}
