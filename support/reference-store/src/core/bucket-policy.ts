import { conditionKeysOf, covers } from '../rules/policy.ts'
import { malformedPolicy, principalsOf, readPolicy } from './access.ts'
import { bucketOf, type Context } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond } from './respond.ts'
import type { Setting } from './settings.ts'
import type { StoredBucket, StoredStatement } from './stored.ts'
import { ACCOUNT } from './values.ts'
import { malformed, textOf } from './xml.ts'

export function getBucketPolicy(context: Context): StoreResponse {
  const { name, policy } = bucketOf(context)
  if (!policy) throw new S3Error(404, 'NoSuchBucketPolicy', '', { elements: { BucketName: name } })
  return respond(200, { 'Content-Type': 'application/json' }, [Buffer.from(policy.text)])
}

/**
 * @throws S3Error 400 MalformedPolicy; 403 AccessDenied if the bucket blocks public policies; 501 for an unsupported
 *   element
 */
export function putBucketPolicy(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const policy = readPolicy(context.sent.body?.toString('utf8') ?? '')
  for (const statement of policy.Statement) checkStatement(statement, bucket)
  if (bucket.blocksPublicPolicy && policy.Statement.some(isPublic)) {
    const message = `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`
    throw new S3Error(403, 'AccessDenied', message)
  }
  bucket.policy = policy
  return respond(204)
}

/** @throws S3Error 400 MalformedPolicy for an incomplete or invalid statement, or for a resource outside the bucket */
function checkStatement(statement: StoredStatement, bucket: StoredBucket): void {
  for (const field of ['Effect', 'Principal', 'Action', 'Resource'] as const) {
    if (statement[field] === undefined) throw malformedPolicy(`Missing required field ${field}`)
  }
  const { Effect, Principal, Action, Resource = [] } = statement
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformedPolicy(`Invalid effect : ${Effect}`)
  const principals = [Principal === '*' ? '*' : Object.values(Principal ?? {})].flat(2)
  if (principals.length === 0 || principals.includes('')) throw malformedPolicy('Invalid principal in policy')
  if (![Action].flat().every((one) => /^(\*|s3(express)?:\S+)$/i.test(one))) {
    throw malformedPolicy('Policy has invalid action')
  }
  const isOfBucket = (one: string) => {
    const [, name = ''] = /^arn:aws:s3:::([^/]+)(\/.*)?$/.exec(one) ?? []
    return bucket.isDirectory || one === '*' || (name !== '' && covers(name, bucket.name))
  }
  const resources = [Resource].flat()
  if (resources.length === 0 || !resources.every(isOfBucket)) throw malformedPolicy('Policy has invalid resource')
}

export function deleteBucketPolicy(context: Context): StoreResponse {
  bucketOf(context).policy = undefined
  return respond(204)
}

/**
 * Whether a statement grants everyone access. A condition on any `aws:` key, such as `aws:SourceIp`, counts as a
 * restriction.
 */
function isPublic(statement: StoredStatement): boolean {
  const isRestricted = conditionKeysOf(statement).some((key) => /^aws:/i.test(key))
  return statement.Effect === 'Allow' && principalsOf(statement).includes('*') && !isRestricted
}

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const

/** Amazon S3's default for new buckets since April 2023. */
export const BLOCKS_ALL = Object.fromEntries(BLOCKS.map((name) => [name, true]))

/** An omitted element counts as false. */
export const PUBLIC_ACCESS_BLOCK: Setting = {
  name: 'publicAccessBlock',
  root: 'PublicAccessBlockConfiguration',
  missing: 'NoSuchPublicAccessBlockConfiguration',
  apply(bucket, root) {
    const values = Object.fromEntries(BLOCKS.map((name) => [name, (textOf(root, name) ?? 'false').toLowerCase()]))
    if (!Object.values(values).every((value) => value === 'true' || value === 'false')) throw malformed()
    bucket.blocksPublicPolicy = values.BlockPublicPolicy === 'true'
    return values
  },
}
