import { append } from './directory.ts'
import {
  ACCESS_DENIED,
  conflict,
  fail,
  guess,
  MESSAGES,
  noSuchKey,
  notImplemented,
  openStep,
  preconditionFailed,
  step,
  succeed,
} from './outcomes.ts'
import type { FactId, Failure, Key, Outcome, Request, State, Step } from './types.ts'
import { matchWhole, type TagForm } from './values.ts'

export interface WriteFacts {
  readonly both: readonly FactId[]
  readonly noneMatchValue: readonly FactId[]
  readonly starMatch: readonly FactId[]
  readonly noneMatchFails: readonly FactId[]
  readonly noneMatchHolds: readonly FactId[]
  readonly matchMissing: readonly FactId[]
  readonly matchFails: readonly FactId[]
  readonly matchHolds: Partial<Record<TagForm, readonly FactId[]>>
  readonly list?: readonly FactId[]
}

const PUT: WriteFacts = {
  both: ['P18', 'S27'],
  noneMatchValue: ['P07', 'P08', 'P37'],
  starMatch: ['P12', 'S27'],
  noneMatchFails: ['P02', 'P05', 'P06'],
  noneMatchHolds: ['P01', 'P03', 'P04'],
  matchMissing: ['P14', 'P15', 'P38'],
  matchFails: ['P13', 'P16', 'P17'],
  matchHolds: { quoted: ['P09', 'P27'], unquoted: ['P10', 'P11'] },
  list: ['P19'],
}

/**
 * Evaluates a PutObject request after its body has been received (P26). Multipart uploads in progress have no effect
 * (M20). Amazon S3 first checks the header values (501), then whether the key exists (404), and then the ETag (412)
 * (S27).
 */
export function put(request: Request, state: State): Outcome {
  const { headers = {} } = request
  if (headers.writeOffsetBytes !== undefined) {
    if (state.bucket.directory) return append(request, state)
    return fail({ status: 501, code: 'NotImplemented' }, [step('only directory buckets support appends', 'E16')])
  }
  const hasDate = (headers.ifModifiedSince ?? headers.ifUnmodifiedSince) !== undefined
  // Amazon S3's API model defines no date-based conditions for PutObject.
  const steps: Step[] = hasDate ? [guess('the request has a date-based condition', true, 'P21')] : []
  const invalid = invalidValue(request, PUT, steps)
  if (invalid) return invalid
  steps.push(...inBucket(request, state))
  const failure = failedByKey(request, state.key, PUT, steps)
  if (failure) return failure
  if (state.deletedMeanwhile && headers.ifNoneMatch !== undefined) {
    const deleted = step('the key was deleted during the write', 'P23')
    return fail(conflict('If-None-Match', request.key), [...steps, deleted])
  }
  return succeed(200, 'written', steps)
}

/**
 * Returns a step for a conditional write if the bucket's type or versioning might affect it. No response was recorded
 * for a conditional write to a bucket with suspended versioning. In directory buckets, conditional copies are the only
 * conditional writes whose support AWS has announced.
 */
export function inBucket({ operation, headers = {} }: Request, { bucket }: State): Step[] {
  if ((headers.ifMatch ?? headers.ifNoneMatch) === undefined) return []
  if (bucket.versioning === 'suspended') {
    return [openStep('suspended versioning does not affect conditions', 'O24', 'P43')]
  }
  if (!bucket.directory) return []
  const reason = 'directory buckets support conditional writes'
  return [operation === 'CopyObject' ? step(reason, 'D15') : openStep(reason, true, 'D15')]
}

/**
 * Checks the values of If-Match and If-None-Match on a write.
 * @param steps the steps of the evaluation so far
 * @returns a 501; undefined if Amazon S3 supports the values
 */
export function invalidValue({ headers = {} }: Request, facts: WriteFacts, steps: Step[]): Failure | undefined {
  const { ifMatch, ifNoneMatch } = headers
  const invalid = (header: string, message: string, reason: Step) =>
    fail(notImplemented(header, message), [...steps, reason])
  // Amazon S3's message for an unsupported value of a condition (P07, P12, D05, D10).
  const rejected = (header: string) => `We don't accept the provided value of ${header} header for this API`
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    const both = step('the request has both If-Match and If-None-Match', ...facts.both)
    return invalid('If-Match,If-None-Match', MESSAGES.bothHeaders, both)
  }
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') {
    const reason =
      ifNoneMatch.trim() === ''
        ? guess('If-None-Match is empty', 'O18')
        : step('If-None-Match on a write must be *', ...facts.noneMatchValue)
    return invalid('If-None-Match', rejected('If-None-Match'), reason)
  }
  if (ifMatch?.trim() !== '*') return undefined
  return invalid('If-Match', rejected('If-Match'), step('If-Match on a write must not be *', ...facts.starMatch))
}

/**
 * Evaluates the condition of a write.
 * @param steps the steps of the evaluation so far; new steps are appended
 * @returns a 403, 404 or 412; undefined if no condition fails
 */
export function failedByKey(request: Request, key: Key, facts: WriteFacts, steps: Step[]): Failure | undefined {
  const { headers: { ifMatch, ifNoneMatch } = {}, caller } = request
  if (ifNoneMatch !== undefined) {
    if (caller?.mayGet === false)
      steps.push(step('If-None-Match on a write requires only write permission', 'A10', 'A12'))
    if (key.current) {
      return fail(preconditionFailed('If-None-Match'), [...steps, step('the key exists', ...facts.noneMatchFails)])
    }
    steps.push(step('the key does not exist', ...facts.noneMatchHolds))
  }
  if (ifMatch === undefined) return undefined
  if (caller?.mayGet === false)
    return fail(ACCESS_DENIED, [...steps, step('If-Match on a write requires s3:GetObject', 'A11')])
  if (!key.current) return matchMissing(request, steps, facts.matchMissing)
  return compareWhole(ifMatch, key.current.etag, facts, steps) ? undefined : fail(preconditionFailed('If-Match'), steps)
}

/** Returns the 404 for a write with If-Match to a missing key. @param steps the steps of the evaluation so far */
export function matchMissing({ key, caller }: Request, steps: readonly Step[], facts: readonly FactId[]): Failure {
  const hidden = caller?.mayList === false ? [guess('the caller is not allowed to list the bucket', 'O8', 'A13')] : []
  return fail(noSuchKey(key), [...steps, ...hidden, step('the key does not exist', ...facts)])
}

/**
 * Compares the If-Match value of a write with the current ETag.
 * @param steps the steps of the evaluation so far; one step is appended
 * @returns whether the condition holds
 */
export function compareWhole(
  value: string,
  etag: string,
  facts: Pick<WriteFacts, 'list' | 'matchFails' | 'matchHolds'>,
  steps: Step[],
): boolean {
  const { form, matches } = matchWhole(value, etag)
  const because = () => {
    if (form === 'weak') return guess('If-Match contains a weak ETag', 'O17', 'P20')
    if (form === 'empty') return guess('If-Match is empty', 'O18')
    if (form === 'list') {
      const reason = 'a list of ETags is treated as a single ETag'
      return facts.list ? step(reason, ...facts.list) : openStep(reason, 'O16', 'P19')
    }
    if (!matches) return step('If-Match does not match the current ETag', ...facts.matchFails)
    const known = facts.matchHolds[form]
    const reason = 'If-Match matches the current ETag'
    return known ? step(reason, ...known) : openStep(`${reason} except for the quotes`, true, 'P10')
  }
  steps.push(because())
  return matches
}
