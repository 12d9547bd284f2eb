import {
  type Entry,
  type ErrorResponse,
  evaluate,
  expectedOf,
  type Failure,
  factsOf,
  type Operation,
  type Outcome,
  type Request,
  type State as RulesState,
  type Signature,
  type Success,
} from '../rules/index.ts'
import { conflict, fail } from '../rules/outcomes.ts'
import type { ReferenceStoreOptions } from '../types.ts'
import type { Access } from './access.ts'
import type { Fault } from './fault.ts'
import { S3Error, type StoreRequest } from './message.ts'
import { isCondition, type S3Request, type Who } from './request.ts'
import { type DeleteWatch, keyOf, type State } from './state.ts'
import type { StoredBucket } from './stored.ts'

export interface StoreOptions extends Required<Omit<ReferenceStoreOptions, 'port' | 'host' | 'faults'>> {
  /** Replaces the default rules, for example with mutated rules. */
  readonly rules?: (request: Request, state: RulesState) => Outcome
}

/** A request and everything that its handler needs. */
export interface Context {
  readonly options: StoreOptions
  readonly state: State
  readonly request: S3Request
  readonly sent: StoreRequest
  readonly who: Who
  readonly access: Access
  readonly signature?: Signature
  /** The faults to inject into this request. */
  readonly faults: ReadonlySet<Fault['fault']>
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

/**
 * Evaluates the rules for a request.
 * @param more additional state for the rules, such as the multipart upload or the copy source
 * @param about properties that only some requests have, such as the entries of DeleteObjects
 */
export function outcomeOf(context: Context, more: Partial<RulesState> = {}, about: Partial<Request> = {}): Outcome {
  const { options, state, request, access, signature, now } = context
  const { rules = evaluate } = options
  const { bucket: name, key = '', query, isDirectory } = request
  const bucket = state.buckets.get(name)
  const versionId = query.get('versionId')
  const partNumber = query.get('partNumber')
  return rules(
    {
      operation: request.operation as Operation,
      key,
      versionId,
      signature,
      caller: access.caller,
      headers: request.conditions,
      otherHeaders: Object.keys(request.headers),
      endpoint: request.isWebsite ? 'website' : undefined,
      partNumber: partNumber === undefined ? undefined : Number(partNumber),
      ...about,
    },
    {
      now,
      bucket: { versioning: bucket?.versioning ?? 'never', directory: isDirectory, policy: access.policy },
      key: keyOf(bucket, key, versionId),
      ...more,
    },
  )
}

/**
 * Decides the outcome of a request according to the rules. Logs a line if the request is conditional, fails, or has an
 * unknown outcome. If the outcome is unknown, returns the expected outcome. If there is no expected outcome either, a
 * read is served as if it had no condition, and any other request fails with a 501 that states the reason.
 * @throws S3Error 404 NoSuchBucket
 */
export function decide(context: Context, more: Partial<RulesState> = {}, about: Partial<Request> = {}): Decision {
  const { request, options, faults } = context
  bucketOf(context)
  if (faults.has('conflict')) return conflictOf(request)
  const outcome = outcomeOf(context, more, about)
  const expected = expectedOf(outcome)
  const isConditional = request.isConditional || about.entries?.some(isConditionalEntry)
  if (isConditional || expected?.kind === 'failure' || outcome.kind === 'unknown') {
    options.log(lineOf(request, outcome))
  }
  if (expected) return expected
  if (request.operation !== 'GetObject' && request.operation !== 'HeadObject') return unknownFailure(outcome)
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, ...headers } = request.conditions
  return expectedOf(outcomeOf(context, more, { headers })) ?? unknownFailure(outcome)
}

export function isConditionalEntry({ etag, size, lastModifiedTime }: Entry): boolean {
  return (etag ?? size ?? lastModifiedTime) !== undefined
}

/** Returns the failure that an injected `conflict` fault causes. */
function conflictOf({ conditions: { ifMatch, ifNoneMatch }, key }: S3Request): Failure {
  const condition = ifNoneMatch !== undefined ? 'If-None-Match' : ifMatch !== undefined ? 'If-Match' : undefined
  return fail(conflict(condition, key), [])
}

export const UNKNOWN: ErrorResponse = {
  status: 501,
  code: 'NotImplemented',
  message: "Amazon S3's response to this request is unknown, so this store cannot reproduce it.",
}

function unknownFailure({ steps }: Outcome): Failure {
  const reason = (steps.find(({ isGuess }) => isGuess) ?? steps.find(({ open }) => open))?.reason
  const message = reason ? `${UNKNOWN.message} Reason: ${reason}.` : UNKNOWN.message
  return fail({ ...UNKNOWN, message }, steps)
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
