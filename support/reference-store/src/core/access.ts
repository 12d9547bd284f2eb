import type { Caller, Policy, Refusal } from '../rules/index.ts'
import { S3Error } from './message.ts'
import { type S3Request, sourceIn, type Who } from './request.ts'
import type { StoredBucket, StoredPolicy, StoredStatement } from './stored.ts'

/** What a caller may do, with the statements of the bucket policy that are about it; or why it may not do this. */
export interface Access {
  readonly refused?: Refusal
  readonly caller?: Caller
  readonly policy?: Policy
}

export const DENIED: Refusal = { status: 403, code: 'AccessDenied' }

const ACCOUNT = '000000000000'

/** How a policy names the second user. */
export const SECOND_USER_ARN = `arn:aws:iam::${ACCOUNT}:user/guest`

const PRINCIPALS: Readonly<Record<Who, readonly string[]>> = {
  owner: ['*', ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`],
  'second user': ['*', SECOND_USER_ARN],
  anonymous: ['*'],
}

type Buckets = ReadonlyMap<string, StoredBucket>

/** The statements about a caller and a resource. */
function statementsAbout(buckets: Buckets, who: Who, bucket: string, resource: string): readonly StoredStatement[] {
  return (buckets.get(bucket)?.policy?.Statement ?? []).filter(
    ({ Principal, Resource = [] }) =>
      [Principal === '*' ? '*' : (Principal?.AWS ?? [])].flat().some((one) => PRINCIPALS[who].includes(one)) &&
      [Resource].flat().some((one) => covers(one, `arn:aws:s3:::${resource}`)),
  )
}

function may(buckets: Buckets, who: Who, action: string, bucket: string, resource: string): boolean {
  const some = statementsAbout(buckets, who, bucket, resource).filter(({ Action }) =>
    [Action].flat().some((one) => covers(one, action)),
  )
  // The rules evaluate statements with a condition; those without apply to every request.
  if (some.some(({ Effect, Condition }) => Effect === 'Deny' && !Condition)) return false
  return who === 'owner' || some.some(({ Effect }) => Effect === 'Allow')
}

/**
 * What a caller may do with a request, by the policies of the buckets.
 * A bucket that does not exist denies nobody, so that the response is 404.
 */
export function accessOf(buckets: Buckets, who: Who, request: S3Request): Access {
  const { bucket, key, headers, operation } = request
  const there = buckets.get(bucket)
  if (operation === 'Preflight' || (who === 'owner' && !there?.policy)) return {}
  if (bucket !== '' && !there && operation !== 'CreateBucket') return {}
  const resource = key === undefined ? bucket : `${bucket}/${key}`
  if (!may(buckets, who, actionOf(request), bucket, resource)) return { refused: DENIED }
  const from = sourceIn(headers['x-amz-copy-source'] ?? '')
  if (from.bucket && !may(buckets, who, 's3:GetObject', from.bucket, `${from.bucket}/${from.key}`)) {
    return { refused: DENIED }
  }
  const caller: Caller = {
    mayList: may(buckets, who, 's3:ListBucket', bucket, bucket),
    mayGet: may(buckets, who, 's3:GetObject', bucket, resource),
    onlyByPolicy: who !== 'owner',
  }
  const policy = { Statement: statementsAbout(buckets, who, bucket, resource) }
  return { policy, ...(who !== 'owner' && { caller }) }
}

/** Actions whose names differ from that of the operation. */
const ACTIONS: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  DeleteObjects: 'DeleteObject',
  CopyObject: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  UploadPartCopy: 'PutObject',
  RenameObject: 'PutObject',
  ListParts: 'ListMultipartUploadParts',
  HeadBucket: 'ListBucket',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListBuckets: 'ListAllMyBuckets',
  DeleteBucketCors: 'PutBucketCORS',
  GetBucketCors: 'GetBucketCORS',
  PutBucketCors: 'PutBucketCORS',
}

/** The action that a request needs, such as `s3:PutObject`. */
function actionOf({ operation = 'GetObject', query }: S3Request): string {
  const action = ACTIONS[operation] ?? operation
  const ofVersion = query.has('versionId') && /^(Get|Delete)Object$/.test(action)
  return `s3:${action}${ofVersion ? 'Version' : ''}`
}

/** The actions that each condition key can be about (A08). */
const KEYS: Readonly<Record<string, RegExp>> = {
  's3:if-match': /^s3:(PutObject|DeleteObject)$/i,
  's3:if-none-match': /^s3:PutObject$/i,
}

/**
 * Reads a bucket policy.
 * @throws S3Error 400 MalformedPolicy, or 501 for what this store does not evaluate
 */
export function readPolicy(text: string): StoredPolicy {
  const malformed = (message: string) => new S3Error(400, 'MalformedPolicy', message)
  let policy: { Statement?: StoredStatement | StoredStatement[] } | undefined
  try {
    if (text.startsWith('{')) policy = JSON.parse(text)
  } catch {
    // It is not JSON.
  }
  if (!policy) throw malformed("Policies must be valid JSON and the first byte must be '{'")
  const Statement = [policy.Statement ?? []].flat()
  if (Statement.length === 0) throw malformed('Missing required field Statement')
  for (const one of Statement) {
    const not = Object.keys(one).find((name) => name.startsWith('Not'))
    if (not) throw new S3Error(501, 'NotImplemented', `This store does not evaluate ${not} in a bucket policy.`)
    for (const name of Object.values(one.Condition ?? {}).flatMap(Object.keys)) {
      const fits = KEYS[name.toLowerCase()]
      if (fits && ![one.Action].flat().every((action) => fits.test(action))) {
        throw malformed('Conditions do not apply to combination of actions and resources in statement')
      }
    }
  }
  return { text, Statement }
}

/** Whether a pattern with `*` and `?` matches a whole text, in any case. */
export function covers(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 'is').test(text)
}
