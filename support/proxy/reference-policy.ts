import type { Bucket, Caller, Policy, Refusal, Statement } from 's3-reference-store/rules'
import type { Call, Who } from './reference-request'

/** A statement of a policy as it is stored. */
interface Stored extends Statement {
  readonly Principal?: '*' | { readonly AWS?: string | readonly string[] }
  readonly Resource?: string | readonly string[]
}

/** What is remembered of buckets: what decides who may do what there, and whether versions are kept. */
export interface Buckets {
  versioning(bucket: string): Bucket['versioning']
  setVersioning(bucket: string, to: Bucket['versioning']): void
  setPolicy(bucket: string, policy: { readonly Statement: readonly Stored[] } | undefined): void
  removed(bucket: string): void
  /** @returns what the caller may do, with the statements that are about it, or why it may not do this */
  access(call: Call): Access
}

export interface Access {
  readonly refused?: Refusal
  readonly caller?: Caller
  readonly policy?: Policy
}

export const DENIED: Refusal = { status: 403, code: 'AccessDenied', message: 'Access Denied' }

const ACCOUNT = '000000000000'
const PRINCIPALS: Readonly<Record<Who, readonly string[]>> = {
  owner: ['*', ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`],
  guest: ['*', `arn:aws:iam::${ACCOUNT}:user/guest`],
  anonymous: ['*'],
}

export function newBuckets(): Buckets {
  const versions = new Map<string, Bucket['versioning']>()
  const policies = new Map<string, readonly Stored[]>()

  /** The statements about a caller and a resource. */
  function about(who: Who, bucket: string, resource: string): readonly Stored[] {
    return (policies.get(bucket) ?? []).filter(
      ({ Principal, Resource = [] }) =>
        [Principal === '*' ? '*' : (Principal?.AWS ?? [])].flat().some((one) => PRINCIPALS[who].includes(one)) &&
        [Resource].flat().some((one) => covers(one, `arn:aws:s3:::${resource}`)),
    )
  }

  function may(who: Who, action: string, bucket: string, resource: string): boolean {
    const some = about(who, bucket, resource).filter(({ Action }) => [Action].flat().some((one) => covers(one, action)))
    // Statements with a condition are the rules' business; those without are plain.
    if (some.some(({ Effect, Condition }) => Effect === 'Deny' && !Condition)) return false
    return who === 'owner' || some.some(({ Effect }) => Effect === 'Allow')
  }

  return {
    versioning: (bucket) => versions.get(bucket) ?? 'never',
    setVersioning: (bucket, to) => void versions.set(bucket, to),
    setPolicy: (bucket, policy) => void (policy ? policies.set(bucket, policy.Statement) : policies.delete(bucket)),
    removed(bucket) {
      versions.delete(bucket)
      policies.delete(bucket)
    },
    access(call) {
      const { who, bucket, key } = call
      // What a browser asks first it does not sign.
      if (call.method === 'OPTIONS' || (who === 'owner' && !policies.has(bucket))) return {}
      const resource = key === undefined ? bucket : `${bucket}/${key}`
      if (!may(who, actionOf(call), bucket, resource)) return { refused: DENIED }
      const source = call.headers['x-amz-copy-source']
      const [, from = '', what = ''] = source?.match(/^\/?([^/]+)\/([^?]*)/) ?? []
      if (source && !may(who, 's3:GetObject', from, `${from}/${decodeURIComponent(what)}`)) return { refused: DENIED }
      const caller: Caller = {
        mayList: may(who, 's3:ListBucket', bucket, bucket),
        mayGet: may(who, 's3:GetObject', bucket, resource),
        onlyByPolicy: who !== 'owner',
      }
      return { policy: { Statement: about(who, bucket, resource) }, ...(who !== 'owner' && { caller }) }
    },
  }
}

/** The action that a call takes. */
function actionOf({ operation, key, method, query, isWebsite }: Call): string {
  const version = query.has('versionId') ? 'Version' : ''
  if (isWebsite || operation === 'GetObject' || operation === 'HeadObject') return `s3:GetObject${version}`
  if (operation === 'DeleteObject') return `s3:DeleteObject${version}`
  if (operation === 'DeleteObjects') return 's3:DeleteObject'
  if (operation === 'AbortMultipartUpload') return 's3:AbortMultipartUpload'
  if (operation?.endsWith('Annotation')) return `s3:${operation}`
  if (operation) return 's3:PutObject'
  const [sub = ''] = [...query.keys()].filter((name) => !/^(x-id|list-type|prefix|delimiter|max-|encoding)/.test(name))
  const what = sub ? sub.charAt(0).toUpperCase() + sub.slice(1) : ''
  if (key !== undefined) return `s3:${method === 'GET' ? 'Get' : 'Put'}Object${what}`
  if (sub === 'versions') return 's3:ListBucketVersions'
  if (sub === 'uploads') return 's3:ListBucketMultipartUploads'
  if (method === 'HEAD' || (method === 'GET' && !what)) return 's3:ListBucket'
  return `s3:${method === 'GET' ? 'Get' : method === 'DELETE' ? 'Delete' : 'Put'}Bucket${what}`
}

/** The actions that each condition key can be about (A08). */
const KEYS: Readonly<Record<string, RegExp>> = {
  's3:if-match': /^s3:(PutObject|DeleteObject)$/i,
  's3:if-none-match': /^s3:PutObject$/i,
}

/**
 * Reads a policy that is to be stored.
 * @returns it, or why it is refused
 */
export function readPolicy(json: string): { readonly Statement: readonly Stored[] } | Refusal {
  const malformed = (message: string): Refusal => ({ status: 400, code: 'MalformedPolicy', message })
  let policy: { Statement?: Stored | Stored[] }
  try {
    policy = JSON.parse(json)
  } catch {
    return malformed('This policy contains invalid Json')
  }
  const Statement = [policy?.Statement ?? []].flat()
  if (Statement.length === 0) return malformed('Missing required field Statement')
  for (const one of Statement) {
    const not = Object.keys(one).find((name) => name.startsWith('Not'))
    if (not) {
      const message = `The reference store does not evaluate ${not}: name what is meant.`
      return { status: 501, code: 'NotImplemented', message }
    }
    for (const name of Object.values(one.Condition ?? {}).flatMap(Object.keys)) {
      const fits = KEYS[name.toLowerCase()]
      if (fits && ![one.Action].flat().every((action) => fits.test(action))) {
        return malformed('Conditions do not apply to combination of actions and resources in statement')
      }
    }
  }
  return { Statement }
}

function covers(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 'is').test(text)
}
