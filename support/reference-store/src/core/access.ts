import type { Caller, ErrorResponse, Policy } from '../rules/index.ts'
import { ACCESS_DENIED } from '../rules/outcomes.ts'
import { conditionKeysOf, isCovered } from '../rules/policy.ts'
import { S3Error } from './message.ts'
import { type S3Request, sourceIn, type Who } from './request.ts'
import type { StoredBucket, StoredPolicy, StoredStatement } from './stored.ts'
import { ACCOUNT, notImplemented } from './values.ts'

/**
 * The caller's permissions and the applicable policy statements. If the policies do not allow the request, only
 * `denied` is set.
 */
export interface Access {
  /** The error to return. */
  readonly denied?: ErrorResponse
  readonly caller?: Caller
  readonly policy?: Policy
}

export const SECOND_USER_ARN = `arn:aws:iam::${ACCOUNT}:user/guest`

const PRINCIPALS: Readonly<Record<Who, readonly string[]>> = {
  owner: ['*', ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`],
  'second user': ['*', SECOND_USER_ARN],
  anonymous: ['*'],
}

export function principalsOf({ Principal }: StoredStatement): readonly string[] {
  return [Principal === '*' ? '*' : (Principal?.AWS ?? [])].flat()
}

/** Evaluates the bucket policies for a request. */
export function accessOf(buckets: ReadonlyMap<string, StoredBucket>, who: Who, request: S3Request): Access {
  const statementsAbout = (bucket: string, resource: string) =>
    (buckets.get(bucket)?.policy?.Statement ?? []).filter(
      (statement) =>
        principalsOf(statement).some((one) => PRINCIPALS[who].includes(one)) &&
        isCovered(`arn:aws:s3:::${resource}`, statement.Resource),
    )
  const may = (action: string, bucket: string, resource: string) => {
    const some = statementsAbout(bucket, resource).filter(({ Action }) => isCovered(action, Action))
    // An unconditional Deny rejects the request here. Statements with a condition are evaluated later, by the rules.
    if (some.some(({ Effect, Condition }) => Effect === 'Deny' && !Condition)) return false
    return who === 'owner' || some.some(({ Effect }) => Effect === 'Allow')
  }

  const { bucket, key, headers, operation } = request
  const existing = buckets.get(bucket)
  if (operation === 'Preflight' || (who === 'owner' && !existing?.policy)) return {}
  if (bucket !== '' && !existing && operation !== 'CreateBucket') return {}
  const resource = key === undefined ? bucket : `${bucket}/${key}`
  const from = sourceIn(headers['x-amz-copy-source'] ?? '')
  const mayRead = from.bucket === '' || may('s3:GetObject', from.bucket, `${from.bucket}/${from.key}`)
  if (!mayRead || !may(actionOf(request), bucket, resource)) return { denied: ACCESS_DENIED }
  const policy = { Statement: statementsAbout(bucket, resource) }
  if (who === 'owner') return { policy }
  const mayList = may('s3:ListBucket', bucket, bucket)
  const mayGet = may('s3:GetObject', bucket, resource)
  return { policy, caller: { mayList, mayGet, onlyByPolicy: true } }
}

/**
 * The IAM action for each operation, without the `s3:` prefix. If an operation is not listed, its action has the same
 * name.
 */
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

/** Returns the IAM action that a request requires, such as `s3:PutObject`. */
function actionOf({ operation = 'GetObject', query }: S3Request): string {
  const action = ACTIONS[operation] ?? operation
  const ofVersion = query.has('versionId') && /^(Get|Delete)Object$/.test(action)
  return `s3:${action}${ofVersion ? 'Version' : ''}`
}

/** The actions that support each condition key (A08). */
const KEYS: Readonly<Record<string, RegExp>> = {
  's3:if-match': /^s3:(PutObject|DeleteObject)$/i,
  's3:if-none-match': /^s3:PutObject$/i,
}

export const malformedPolicy = (message: string) => new S3Error(400, 'MalformedPolicy', message)

/**
 * Parses a bucket policy.
 * @throws S3Error 400 MalformedPolicy; 501 for an unsupported element
 */
export function readPolicy(text: string): StoredPolicy {
  let policy: { Statement?: StoredStatement | StoredStatement[] } | undefined
  try {
    if (text.startsWith('{')) policy = JSON.parse(text)
  } catch {
    // `policy` stays undefined, and the line below throws MalformedPolicy.
  }
  if (!policy) throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'")
  const Statement = [policy.Statement ?? []].flat()
  if (Statement.length === 0) throw malformedPolicy('Missing required field Statement')
  for (const one of Statement) {
    const not = Object.keys(one).find((name) => name.startsWith('Not'))
    if (not) {
      const inverse = not.slice('Not'.length)
      throw notImplemented(`This store does not support ${not} in a bucket policy. Use ${inverse} instead.`)
    }
    for (const name of conditionKeysOf(one)) {
      const supports = KEYS[name.toLowerCase()]
      if (supports && ![one.Action].flat().every((action) => supports.test(action))) {
        throw malformedPolicy('Conditions do not apply to combination of actions and resources in statement')
      }
    }
  }
  return { text, Statement }
}
