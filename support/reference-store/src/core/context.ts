import {
  type Accepted,
  answer,
  expectedOf,
  factsOf,
  type Outcome,
  type Refusal,
  type Refused,
  type Request,
  type State as RulesState,
  type Signature,
} from '../rules/index.ts'
import type { Access } from './access.ts'
import type { Fault } from './faults.ts'
import type { StoreRequest, StoreResponse } from './message.ts'
import { type Credentials, isCondition, ruledOperation, type S3Request, type Who } from './request.ts'
import { noSuchBucket, respondRefusal } from './respond.ts'
import { type DeleteWatch, keyOf, type State } from './state.ts'
import type { StoredBucket } from './stored.ts'

/** What a store is, apart from what it holds. */
export interface StoreOptions {
  readonly owner: Credentials
  /** Has no rights except those that a bucket policy gives. */
  readonly secondUser: Credentials
  readonly region: string
  /** The clock of the store. */
  readonly now: () => Date
  /** How many bytes it stores before a write fails with 503. */
  readonly maxBytes: number
  readonly verifySignatures: boolean
  /** Gets a line for each conditional request. */
  readonly log?: (line: string) => void
  /** Replaces the rules: for a store that is wrong on purpose. */
  readonly rules?: (request: Request, state: RulesState) => Outcome
}

/** A request on its way through the store. */
export interface Context {
  readonly options: StoreOptions
  readonly state: State
  readonly request: S3Request
  readonly sent: StoreRequest
  readonly who: Who
  readonly access: Access
  readonly signature?: Signature
  readonly faults: readonly Fault[]
  /** Notes the deletes since the request began. */
  readonly deletes: DeleteWatch
  readonly now: Date
}

/** Rules have decided: what is to be done, and the refusal to return instead of the operation's own response. */
export type Decision = Accepted | Refused

/**
 * The bucket of a request.
 * @throws S3Error 404 NoSuchBucket
 */
export function bucketOf({ state, request }: Context, name = request.bucket): StoredBucket {
  const bucket = state.buckets.get(name)
  if (!bucket) throw noSuchBucket(name)
  return bucket
}

/** What the rules have to know of a bucket and of a key. */
export function rulesStateOf(context: Context, more: Partial<RulesState> = {}): RulesState {
  const { state, request, access, now } = context
  const bucket = state.buckets.get(request.bucket)
  return {
    now,
    bucket: {
      versioning: bucket?.versioning ?? 'never',
      directory: request.isDirectory,
      ...(access.policy && { policy: access.policy }),
    },
    key: keyOf(bucket, request.key ?? '', request.query.get('versionId')),
    ...more,
  }
}

/** The request as the rules see it. */
export function rulesRequestOf({ request, access, signature }: Context, more: Partial<Request> = {}): Request {
  const { query } = request
  return {
    operation: ruledOperation(request) ?? 'GetObject',
    key: request.key ?? '',
    headers: request.conditions,
    otherHeaders: Object.keys(request.headers),
    ...(request.isWebsite && { endpoint: 'website' }),
    ...(query.has('versionId') && { versionId: query.get('versionId') ?? '' }),
    ...(query.has('partNumber') && { partNumber: Number(query.get('partNumber')) }),
    ...(access.caller && { caller: access.caller }),
    ...(signature && { signature }),
    ...more,
  }
}

/**
 * Asks the rules, and logs a line for what they say of a conditional request. Where nobody knows what Amazon S3 does and
 * nothing is expected, a read is served as if it had no condition, and a write fails with 501 and the reason.
 */
export function decide(context: Context, more: Partial<RulesState> = {}, about: Partial<Request> = {}): Decision {
  const { request, options } = context
  const { rules = answer } = options
  if (context.faults.some(({ fault }) => fault === 'conflict')) return conflictOf(request)
  const asked = rulesRequestOf(context, about)
  const state = rulesStateOf(context, more)
  const outcome = rules(asked, state)
  const expected = expectedOf(outcome)
  const isConditional = request.isConditional || about.entries?.some((entry) => Object.keys(entry).some(isOfEntry))
  if (isConditional || expected?.kind === 'refused' || outcome.kind === 'not known') {
    options.log?.(lineOf(request, outcome))
  }
  if (expected) return expected
  if (asked.operation !== 'GetObject' && asked.operation !== 'HeadObject') return unknown(outcome)
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, ...others } = asked.headers ?? {}
  return expectedOf(rules({ ...asked, headers: others }, state)) ?? unknown(outcome)
}

const isOfEntry = (member: string) => member !== 'key' && member !== 'versionId'

/** The conflict that a fault asks for. */
function conflictOf({ conditions, key }: S3Request): Refused {
  const { ifNoneMatch, ifMatch } = conditions
  const condition = ifNoneMatch !== undefined ? 'If-None-Match' : ifMatch !== undefined ? 'If-Match' : undefined
  const error = {
    ...{ status: 409, code: 'ConditionalRequestConflict' },
    ...(condition && { condition }),
    ...(key !== undefined && { key }),
  }
  return { kind: 'refused', effect: 'unchanged', steps: [], error }
}

/** The refusal of a write whose outcome on Amazon S3 is not known. */
export function unknown(outcome: Outcome): Refused {
  const why =
    (outcome.steps.find(({ isGuess }) => isGuess) ?? outcome.steps.find(({ open }) => open))?.says ?? 'this request'
  return { kind: 'refused', effect: 'unchanged', steps: outcome.steps, error: { ...UNKNOWN, message: messageOf(why) } }
}

export const UNKNOWN: Refusal = { status: 501, code: 'NotImplemented' }

function messageOf(why: string): string {
  return `It is not known what Amazon S3 does here, so this store does not guess: ${why}.`
}

/** `PutObject b/k, if-none-match: * → 412 PreconditionFailed: the key holds an object (P02, P05)`. */
function lineOf({ operation, bucket, key, headers }: S3Request, outcome: Outcome): string {
  const sent = Object.entries(headers).filter(([name]) => isCondition(name) || name === 'range')
  const asked = [`${operation} ${bucket}/${key ?? ''}`, ...sent.map(([name, value]) => `${name}: ${value}`)].join(', ')
  const expected = expectedOf(outcome)
  const result = expected?.kind === 'refused' ? [expected.error.status, expected.error.code] : [expected?.status]
  const facts = factsOf(outcome).join(', ')
  const known = outcome.kind === 'not known' ? `not known${expected ? ', expected ' : ''}` : ''
  const why = outcome.steps.map(({ says }) => says).join('; ')
  return `${asked} → ${known}${result.filter(Boolean).join(' ')}: ${why}${facts && ` (${facts})`}`
}

/** The response of a refusal to a request. */
export function refuse({ request }: Pick<Context, 'request'>, error: Refusal): StoreResponse {
  return respondRefusal(error, request.method === 'HEAD')
}
