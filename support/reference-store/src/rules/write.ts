import {
  accept,
  accessDenied,
  conflict,
  guess,
  MESSAGES,
  noSuchKey,
  notImplemented,
  notThatValue,
  openStep,
  preconditionFailed,
  refuse,
  step,
} from './answers.ts'
import { append } from './directory.ts'
import type { FactId, Key, Outcome, Refused, Request, State, Step } from './types.ts'
import { matchWhole, type TagForm } from './values.ts'

/** The facts about a conditional write of one kind, each for what it is about. */
export interface WriteFacts {
  readonly both: readonly FactId[]
  readonly noneMatchValue: readonly FactId[]
  readonly starMatch: readonly FactId[]
  readonly noneMatchFails: readonly FactId[]
  readonly noneMatchHolds: readonly FactId[]
  readonly matchMissing: readonly FactId[]
  readonly matchFails: readonly FactId[]
  readonly matchHolds: Partial<Record<TagForm, readonly FactId[]>>
  /** A list is compared as a whole, so that it never matches. */
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
 * PutObject. A write is evaluated when its body is there, not when it begins (P26), and disregards uploads in progress
 * (M20). What is checked comes in this order (S27): the values (501), whether the key exists (404), the comparison (412).
 */
export function put(request: Request, state: State): Outcome {
  const { headers = {} } = request
  if (headers.writeOffsetBytes !== undefined) {
    if (state.bucket.directory) return append(request, state)
    return refuse({ status: 501, code: 'NotImplemented' }, [step('only directory buckets append', 'E16')])
  }
  const steps = dates(request)
  const refused = refusedValue(request, PUT, steps)
  if (refused) return refused
  steps.push(...inBucket(request, state))
  const refusal = refusedByKey(request, state.key, PUT, steps)
  if (refusal) return refusal
  if (state.deletedMeanwhile && headers.ifNoneMatch !== undefined) {
    const said = step('the key was deleted from before the write had finished', 'P23')
    return refuse(conflict('If-None-Match', request.key), [...steps, said])
  }
  return accept(200, 'written', steps)
}

/** The model has no dates for PutObject, and what S3 makes of them is not known. */
function dates({ headers = {} }: Request): Step[] {
  const sent = headers.ifModifiedSince ?? headers.ifUnmodifiedSince
  return sent === undefined ? [] : [guess('a date on a write', true, 'P21')]
}

/**
 * What has to be said of the bucket first: nobody has recorded a conditional write where versioning is suspended, nor,
 * but for copies, which AWS has announced, in a directory bucket.
 */
export function inBucket({ operation, headers = {} }: Request, { bucket }: State): Step[] {
  if ((headers.ifMatch ?? headers.ifNoneMatch) === undefined) return []
  if (bucket.versioning === 'suspended') {
    return [openStep('conditions hold while versioning is suspended as when it is enabled', 'O24', 'P43')]
  }
  if (!bucket.directory) return []
  const says = 'directory buckets take conditions on what is written, too'
  return [operation === 'CopyObject' ? step(says, 'D15') : openStep(says, true, 'D15')]
}

/**
 * 501: what S3 does not accept of If-Match and If-None-Match on what is written, whatever the key holds.
 * @param steps taken so far
 * @returns nothing when the values are accepted
 */
export function refusedValue({ headers = {} }: Request, facts: WriteFacts, steps: Step[]): Refused | undefined {
  const { ifMatch, ifNoneMatch } = headers
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    const error = notImplemented('If-Match,If-None-Match', MESSAGES.bothHeaders)
    return refuse(error, [...steps, step('both conditions are sent', ...facts.both)])
  }
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') {
    const said =
      ifNoneMatch.trim() === ''
        ? guess('an empty If-None-Match', 'O18')
        : step('If-None-Match takes * only', ...facts.noneMatchValue)
    return refuse(notThatValue('If-None-Match'), [...steps, said])
  }
  if (ifMatch?.trim() === '*') {
    return refuse(notThatValue('If-Match'), [...steps, step('If-Match takes no *', ...facts.starMatch)])
  }
  return undefined
}

/**
 * 403, 404 and 412: what the key holds does not suit the condition on what is written.
 * @param steps taken so far; those that follow are added
 * @returns nothing when the write goes through
 */
export function refusedByKey(
  { headers = {}, key: name, caller }: Request,
  key: Key,
  facts: WriteFacts,
  steps: Step[],
): Refused | undefined {
  const { ifMatch, ifNoneMatch } = headers
  if (ifNoneMatch !== undefined) {
    if (caller?.mayGet === false) steps.push(step('If-None-Match takes no right but to write', 'A10', 'A12'))
    if (key.current) {
      const said = step('the key holds an object', ...facts.noneMatchFails)
      return refuse(preconditionFailed('If-None-Match'), [...steps, said])
    }
    steps.push(step('the key holds no object', ...facts.noneMatchHolds))
  }
  if (ifMatch === undefined) return undefined
  if (caller?.mayGet === false) {
    return refuse(accessDenied(), [...steps, step('If-Match takes s3:GetObject, too', 'A11')])
  }
  if (!key.current) {
    if (caller?.mayList === false) steps.push(guess('the caller may not list the bucket', 'O8', 'A13'))
    return refuse(noSuchKey(name), [...steps, step('the key holds no object', ...facts.matchMissing)])
  }
  const { matches, said } = compareWhole(ifMatch, key.current.etag, facts)
  steps.push(said)
  return matches ? undefined : refuse(preconditionFailed('If-Match'), steps)
}

/** Compares If-Match of a write, and says where nobody has seen it. */
export function compareWhole(
  value: string,
  etag: string,
  facts: WriteFacts,
): { readonly matches: boolean; readonly said: Step } {
  const { form, matches } = matchWhole(value, etag)
  if (form === 'weak') return { matches, said: guess('a weak entity tag in If-Match', 'O17', 'P20') }
  if (form === 'empty') return { matches, said: guess('an empty If-Match', 'O18') }
  if (form === 'list') {
    const says = 'a list is compared as a whole'
    return { matches, said: facts.list ? step(says, ...facts.list) : openStep(says, 'O16', 'P19') }
  }
  if (!matches) return { matches, said: step('If-Match names another entity tag', ...facts.matchFails) }
  const known = facts.matchHolds[form]
  const says = 'If-Match names the current entity tag'
  return { matches, said: known ? step(says, ...known) : openStep(`${says}, without its quotes`, true, 'P10') }
}
