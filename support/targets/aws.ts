import { DeleteBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { createBucket } from '../fixtures/buckets'
import { isNoAnswer } from '../report/verdict'
import { stores } from '../stores/stores'
import { identify } from './endpoint'
import { SetupError } from './errors'
import { connect, type Target } from './target'

/**
 * Amazon S3 with the SDK's own region and credential chain. `AWS_ENDPOINT_URL_S3` makes it a dress rehearsal: everything
 * goes to that endpoint, and counts for the store found there.
 * @throws SetupError without region or credentials, or when they do not allow to create a bucket; nothing is left behind
 */
export async function findAws(env: NodeJS.ProcessEnv, runId: string): Promise<Target> {
  const endpoint = (env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL)?.replace(/\/$/, '')
  const { region, accountId } = await chain()
  const found = endpoint ? await identify(endpoint) : undefined
  const owner = accountId ?? (endpoint ? undefined : await askAccountId(region))
  const { name, version } =
    found ?? (endpoint ? { name: 'unknown', version: 'unknown' } : { name: 'aws', version: region })
  const target: Target = {
    ...(endpoint && { endpoint }),
    region,
    forcePathStyle: false,
    ...(owner && { expectedBucketOwner: owner }),
    store: { name, version, how: 'aws' },
    runId,
    headline: [
      endpoint
        ? `Rehearsing for Amazon S3, ${region}, at ${endpoint} (${found ? `${stores[name]?.title} ${version}` : 'an unknown store'}).`
        : `Running against Amazon S3, ${region}.`,
      owner ? '' : 'The account id is not known, so the owner of buckets is not checked.',
    ]
      .join(' ')
      .trim(),
  }
  await checkMayCreate(target)
  return target
}

/** What the SDK's chain finds. */
async function chain(): Promise<{ region: string; accountId?: string }> {
  // A client without any settings of ours: region and credentials come from where the SDK looks for them.
  const client = new S3Client({})
  try {
    const region = await client.config.region().catch(() => {
      throw new SetupError('S3_TARGET=aws needs a region: set AWS_REGION, or a region in your AWS profile.')
    })
    const { accountId } = await client.config.credentials().catch((error: Error) => {
      throw new SetupError(
        `S3_TARGET=aws needs credentials, and the SDK found none (${error.message}). Set AWS_PROFILE, or sign in with: aws sso login`,
      )
    })
    return { region, ...(accountId && { accountId }) }
  } finally {
    client.destroy()
  }
}

/** The account that the credentials belong to; needs no permission. Undefined where STS cannot be asked. */
async function askAccountId(region: string): Promise<string | undefined> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient({
    region,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 3_000 },
  })
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Account
  } catch {
    return undefined
  } finally {
    client.destroy()
  }
}

/** Creates a bucket and deletes it: better one clear message now than a failure of every test. */
async function checkMayCreate(target: Target): Promise<void> {
  const client = connect(target)
  try {
    const Bucket = await createBucket(client, target.runId)
    await client.send(new DeleteBucketCommand({ Bucket }))
  } catch (error) {
    if (isNoAnswer(error)) throw new SetupError(`Amazon S3 in ${target.region} is unreachable.`)
    if (!(error instanceof S3ServiceException)) throw error
    const reason = `${error.$metadata.httpStatusCode} ${error.name}`
    throw new SetupError(
      /AccessDenied|Forbidden|NotAuthorized/i.test(error.name)
        ? `The credentials do not allow to create and delete buckets named s3cr-* (${reason}). docs/aws-policy.json is the policy that does.`
        : `Amazon S3 in ${target.region} refused the credentials or the bucket (${reason}: ${error.message}).`,
    )
  } finally {
    client.destroy()
  }
}
