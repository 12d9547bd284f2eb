import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { SetupError } from '../errors'
import { aws } from '../stores/aws/store'
import { calledAs, knownUnsupported } from '../stores/stores'
import { callerIdentity } from './caller'
import { checkIsS3 } from './check'
import { identify } from './endpoint'
import { checkProfile } from './profile'
import { findSecondUser } from './second-user'
import type { Settings } from './settings'
import type { Target } from './target'

/**
 * Resolves the region and the credentials for Amazon S3 in the same way as the SDK. If the SDK's configuration sets an
 * endpoint outside AWS, for example with `AWS_ENDPOINT_URL_S3`, the run is a rehearsal against the store at that
 * endpoint. Creates no resources.
 * @throws SetupError if the region or the credentials are missing, or if the endpoint for a rehearsal is not an S3
 * endpoint
 */
export async function findAws(settings: Settings, runId: string): Promise<Target> {
  await checkProfile()
  await checkProfile('S3_SECOND_USER_PROFILE')
  const { region, accountId } = await chain(settings.region)
  const endpoint = await otherEndpoint(region)
  const owner = accountId ?? (endpoint ? undefined : await findAccountId(region))
  const named = settings.store ?? (endpoint ? await identify(endpoint) : { name: aws.name, version: region })
  const headline = endpoint
    ? `Rehearsing a run against Amazon S3 in ${region}, using ${calledAs(named)} at ${endpoint}.`
    : `Running against Amazon S3 in ${region}.`
  const owners = owner ? '' : ' The account id is unknown, so bucket owners are not checked.'
  const { secondUserProfile, zone } = settings
  const { 'second-user': noSecondUser, 'directory-bucket': directoryBucket, ...others } = knownUnsupported(named.name)
  const isRehearsal = named.name !== aws.name
  const target: Target = {
    ...(endpoint && { endpoint }),
    region,
    forcePathStyle: false,
    ...(owner && { expectedBucketOwner: owner }),
    store: { ...named, how: 'aws' },
    runId,
    unsupported: {
      ...others,
      ...((isRehearsal || !secondUserProfile) && noSecondUser && { 'second-user': noSecondUser }),
      ...((isRehearsal || !zone) && directoryBucket && { 'directory-bucket': directoryBucket }),
    },
    ...(zone && { zone }),
    headline: headline + owners,
  }
  if (endpoint) await checkIsS3(target, endpoint)
  if (!secondUserProfile || isRehearsal) return target
  return { ...target, secondUser: await findSecondUser(secondUserProfile, region) }
}

/**
 * Resolves the region and the credentials in the same way as the SDK. Falls back to `defaultRegion` if the SDK finds no
 * region. `defaultRegion` is the value of AWS_DEFAULT_REGION, which the SDK does not read.
 */
async function chain(defaultRegion?: string): Promise<{ region: string; accountId?: string }> {
  const client = new S3Client({})
  try {
    const region = await client.config.region().catch(() => defaultRegion)
    if (!region) {
      throw new SetupError('S3_TARGET=aws needs a region. Set AWS_REGION, or a region in your AWS profile.')
    }
    const { accountId } = await new S3Client({ region }).config.credentials()
    return { region, ...(accountId && { accountId }) }
  } catch (error) {
    if (error instanceof SetupError) throw error
    throw new SetupError(
      `S3_TARGET=aws needs credentials, but the SDK found none: ${(error as Error).message}.\n` +
        'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with: aws sso login',
    )
  } finally {
    client.destroy()
  }
}

/**
 * Returns the endpoint that the SDK resolves from the environment and the profile, or undefined if that endpoint
 * belongs to AWS. Sends no request.
 */
async function otherEndpoint(region: string): Promise<string | undefined> {
  const client = new S3Client({ region, credentials: { accessKeyId: 'none', secretAccessKey: 'none' } })
  let endpoint = new URL('https://s3.amazonaws.com')
  client.middlewareStack.add(
    () =>
      async ({ request }) => {
        const { protocol, hostname, port } = request as { protocol: string; hostname: string; port?: number }
        endpoint = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}`)
        return { output: { $metadata: {} }, response: {} }
      },
    { step: 'build', priority: 'high' },
  )
  await client.send(new ListBucketsCommand({}))
  client.destroy()
  return /(^|\.)(amazonaws\.(com|com\.cn|eu)|api\.aws)$/.test(endpoint.hostname) ? undefined : endpoint.origin
}

/** Returns the id of the account to which the credentials belong, or undefined if the request to STS fails. */
async function findAccountId(region: string): Promise<string | undefined> {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 3_000, throwOnRequestTimeout: true }
  const identity = await callerIdentity({ region, requestHandler }).catch(() => undefined)
  return identity?.Account
}
