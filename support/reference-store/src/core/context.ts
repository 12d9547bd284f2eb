import {
  type Entry,
  type ErrorResponse,
  evaluate,
  expectedOf,
  type Failure,
  factsOf,
  type Outcome,
  type Request,
  type State as RulesState,
  type Signature,
  type Success,
} from '../rules/index.ts'
import type { KeyPair } from '../types.ts'
import type { Access } from './access.ts'
import type { Fault } from './fault.ts'
import { S3Error, type StoreRequest, type StoreResponse } from './message.ts'
import { isCondition, ruledOperation, type S3Request, type Who } from './request.ts'
import { respondFailure } from './respond.ts'
import { type DeleteWatch, keyOf, type State } from './state.ts'
import type { StoredBucket } from './stored.ts'

export interface StoreOptions {
  readonly owner: KeyPair
  readonly secondUser: KeyPair
  readonly region: string
  readonly now: () => Date
  readonly maxBytes: number
  readonly verifySignatures: boolean
  /** Receives one line for each conditional request, fault or internal error. */
  readonly log?: (line: string) => void
  /** Replaces the rules in a mutated store. */
  readonly rules?: (request: Request, state: RulesState) => Outcome
}

/** A request, with everything that its handler needs. */
export interface Context {
  readonly options: StoreOptions
  readonly state: State
  readonly request: S3Request
  readonly sent: StoreRequest
  readonly who: Who
  readonly access: Access
  readonly signature?: Signature
  readonly faults: readonly Fault[]
  /** The keys deleted since the request began. */
  readonly deletes: DeleteWatch
  readonly now: Date
}

export type Decision = Success | Failure

/** @throws S3Error 404 NoSuchBucket */
export function bucketOf({ state, request }: Context, name = request.bucket): StoredBucket {
  const bucket = state.buckets.get(name)
  if (!bucket) throw new S3Error(404, 'NoSuchBucket', '', { elements: { BucketName: name } })
  return bucket
}

/** Converts the state to the form that the rules expect. */
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

/** Converts the request to the form that the rules expect. */
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
 * Evaluates a request by the rules. Logs a line if the request is conditional, fails, or has an unknown outcome.
 * If an unknown outcome has no expected outcome, a read is served as if it had no condition, and a write fails with 501
 * and the reason.
 */
export function decide(context: Context, more: Partial<RulesState> = {}, about: Partial<Request> = {}): Decision {
  const { request, options } = context
  const { rules = evaluate } = options
  if (context.faults.some(({ fault }) => fault === 'conflict')) return conflictOf(request)
  const ruled = rulesRequestOf(context, about)
  const state = rulesStateOf(context, more)
  const outcome = rules(ruled, state)
  const expected = expectedOf(outcome)
  const isConditional = request.isConditional || about.entries?.some(isConditionalEntry)
  if (isConditional || expected?.kind === 'failure' || outcome.kind === 'unknown') {
    options.log?.(lineOf(request, outcome))
  }
  if (expected) return expected
  if (ruled.operation !== 'GetObject' && ruled.operation !== 'HeadObject') return unknownFailure(outcome)
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, ...others } = ruled.headers ?? {}
  return expectedOf(rules({ ...ruled, headers: others }, state)) ?? unknownFailure(outcome)
}

export function isConditionalEntry({ etag, size, lastModifiedTime }: Entry): boolean {
  return (etag ?? size ?? lastModifiedTime) !== undefined
}

/** Returns the failure that the fault `conflict` causes. */
function conflictOf({ conditions: { ifMatch, ifNoneMatch }, key }: S3Request): Failure {
  const condition = ifNoneMatch !== undefined ? 'If-None-Match' : ifMatch !== undefined ? 'If-Match' : undefined
  const error = {
    ...{ status: 409, code: 'ConditionalRequestConflict' },
    ...(condition && { condition }),
    ...(key !== undefined && { key }),
  }
  return { kind: 'failure', effect: 'unchanged', steps: [], error }
}

export const UNKNOWN: ErrorResponse = {
  ...{ status: 501, code: 'NotImplemented' },
  message: 'The response of Amazon S3 is unknown, and this store does not guess.',
}

function unknownFailure({ steps }: Outcome): Failure {
  const reason = (steps.find(({ isGuess }) => isGuess) ?? steps.find(({ open }) => open))?.reason
  const message = reason ? `${UNKNOWN.message} Reason: ${reason}.` : UNKNOWN.message
  return { kind: 'failure', effect: 'unchanged', steps, error: { ...UNKNOWN, message } }
}

/** Returns a line such as `PutObject b/k, if-none-match: * → 412 PreconditionFailed: the key exists (P02, P05)`. */
function lineOf({ operation, bucket, key, headers }: S3Request, outcome: Outcome): string {
  const sent = Object.entries(headers).filter(([name]) => isCondition(name) || name === 'range')
  const line = [`${operation} ${bucket}/${key ?? ''}`, ...sent.map(([name, value]) => `${name}: ${value}`)].join(', ')
  const expected = expectedOf(outcome)
  const result = expected?.kind === 'failure' ? [expected.error.status, expected.error.code] : [expected?.status]
  const facts = factsOf(outcome).join(', ')
  const known = outcome.kind === 'unknown' ? `unknown${expected ? ', expected ' : ''}` : ''
  const why = outcome.steps.map(({ reason }) => reason).join('; ')
  return `${line} → ${known}${result.filter(Boolean).join(' ')}: ${why}${facts && ` (${facts})`}`
}

export function failWith({ request }: Pick<Context, 'request'>, error: ErrorResponse): StoreResponse {
  return respondFailure(error, request.method === 'HEAD')
}
