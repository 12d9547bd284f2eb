import { covers, readPolicy } from './access.ts'
import { bucketOf, type Context } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond } from './respond.ts'
import type { Setting } from './settings.ts'
import type { StoredBucket, StoredStatement } from './stored.ts'
import { malformed, readXml, textOf } from './xml.ts'

/** GetBucketPolicy: the text as it was put. @throws S3Error 404 NoSuchBucket or NoSuchBucketPolicy */
export function getBucketPolicy(context: Context): StoreResponse {
  const { name, policy } = bucketOf(context)
  if (!policy) throw new S3Error(404, 'NoSuchBucketPolicy', '', { elements: { BucketName: name } })
  return respond(200, { 'Content-Type': 'application/json' }, [Buffer.from(policy.text)])
}

/**
 * PutBucketPolicy.
 * @throws S3Error 404 NoSuchBucket; 400 MalformedPolicy; 501 for what this store does not evaluate; 403 AccessDenied for a
 * public policy while the bucket blocks these
 */
export function putBucketPolicy(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const policy = readPolicy(context.sent.body?.toString('utf8') ?? '')
  for (const statement of policy.Statement) checkStatement(statement, bucket)
  if (isBlocking(bucket) && policy.Statement.some(isPublic)) {
    throw new S3Error(
      403,
      'AccessDenied',
      `User: arn:aws:iam::000000000000:root is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    )
  }
  bucket.policy = policy
  return respond(204)
}

/** A statement that could never apply is refused, as Amazon S3 does. @throws S3Error 400 MalformedPolicy */
function checkStatement(statement: StoredStatement, bucket: StoredBucket): void {
  const malformed = (message: string) => new S3Error(400, 'MalformedPolicy', message)
  for (const field of ['Effect', 'Principal', 'Action', 'Resource'] as const) {
    if (statement[field] === undefined) throw malformed(`Missing required field ${field}`)
  }
  const { Effect, Principal, Action, Resource = [] } = statement
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed(`Invalid effect : ${Effect}`)
  const principals = [Principal === '*' ? '*' : Object.values(Principal ?? {})].flat(2)
  if (principals.length === 0 || principals.includes('')) throw malformed('Invalid principal in policy')
  if (![Action].flat().every((one) => /^(\*|s3(express)?:\S+)$/i.test(one)))
    throw malformed('Policy has invalid action')
  const isOfBucket = (one: string) => {
    const [, name = ''] = /^arn:aws:s3:::([^/]+)(\/.*)?$/.exec(one) ?? []
    return bucket.isDirectory || one === '*' || (name !== '' && covers(name, bucket.name))
  }
  const resources = [Resource].flat()
  if (resources.length === 0 || !resources.every(isOfBucket)) throw malformed('Policy has invalid resource')
}

/** DeleteBucketPolicy, whether there is one or not. @throws S3Error 404 NoSuchBucket */
export function deleteBucketPolicy(context: Context): StoreResponse {
  bucketOf(context).policy = undefined
  return respond(204)
}

/** Everybody is allowed something, and no condition narrows it to an account, a network or the like. */
function isPublic({ Effect, Principal, Condition = {} }: StoredStatement): boolean {
  const isForAll = [Principal === '*' ? '*' : (Principal?.AWS ?? [])].flat().includes('*')
  const isNarrowed = Object.values(Condition).some((keys) => Object.keys(keys).some((key) => /^aws:/i.test(key)))
  return Effect === 'Allow' && isForAll && !isNarrowed
}

const ROOT = 'PublicAccessBlockConfiguration'
const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const

/** What a new bucket blocks, since April 2023. */
export const BLOCKS_ALL = { [ROOT]: Object.fromEntries(BLOCKS.map((name) => [name, true])) }

function isBlocking({ settings }: StoredBucket): boolean {
  const text = settings.get(PUBLIC_ACCESS_BLOCK.name)
  return text !== undefined && textOf(readXml(Buffer.from(text), ROOT), 'BlockPublicPolicy') === 'true'
}

/** What a bucket blocks: what is left out is false. */
export const PUBLIC_ACCESS_BLOCK: Setting = {
  ...{ name: 'publicAccessBlock', root: ROOT, missing: 'NoSuchPublicAccessBlockConfiguration' },
  apply(_, root) {
    const values = BLOCKS.map((name) => [name, ((root && textOf(root, name)) ?? 'false').toLowerCase()] as const)
    if (!values.every(([, value]) => value === 'true' || value === 'false')) throw malformed()
    return Object.fromEntries(values)
  },
}
