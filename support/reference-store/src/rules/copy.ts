import { COPY, evaluateConditions, type Four, hasCondition, PART_COPY } from './conditions.ts'
import { fail, guess, noSuchKey, openStep, preconditionFailed, step, succeed, unknown } from './outcomes.ts'
import { isMarker } from './read.ts'
import type { Failure, Headers, Outcome, Range, Request, State, Step, Version } from './types.ts'
import { failedByKey, inBucket, invalidValue, type WriteFacts } from './write.ts'

const DESTINATION: WriteFacts = {
  both: ['D11'],
  noneMatchValue: ['D05'],
  starMatch: ['D10', 'S27'],
  noneMatchFails: ['D02', 'D03'],
  noneMatchHolds: ['D01', 'D04'],
  matchMissing: ['D08', 'D09'],
  matchFails: ['D07'],
  matchHolds: { quoted: ['D06', 'D12'] },
}

/**
 * Evaluates a CopyObject request. First checks that Amazon S3 supports the values of the destination conditions (D11),
 * then evaluates the source conditions, and then the destination conditions. All conditions must hold (D14). Evaluating
 * the source conditions before the destination conditions is an assumption: the order is not documented.
 */
export function copy(request: Request, state: State): Outcome {
  const steps: Step[] = []
  if (request.otherHeaders?.includes('cf-copy-destination-if-none-match')) {
    steps.push(step('Amazon S3 ignores cf-copy-destination-if-none-match, a header of Cloudflare R2', 'D18'))
  }
  const invalid = invalidValue(request, DESTINATION, steps)
  if (invalid) return invalid
  steps.push(...inBucket(request, state))

  const source = failedBySource(request, state, steps)
  const destination = failedByKey(request, state.key, DESTINATION, steps)
  if (source && destination) {
    return fail(source.error, [
      ...source.steps,
      openStep('the source conditions are evaluated before the destination conditions', true, 'D14'),
    ])
  }
  const failure = source ?? destination
  const { ifMatch, ifNoneMatch } = request.headers ?? {}
  const onBoth = hasCondition(fourOf(request.headers)) && (ifMatch ?? ifNoneMatch) !== undefined
  const both = onBoth ? [step('the request has conditions on both the source and the destination', 'D14')] : []
  if (failure) return fail(failure.error, [...failure.steps, ...both])
  return succeed(200, 'written', [...steps, ...both])
}

/**
 * The step for an UploadPartCopy request whose range extends beyond the end of the source. If all conditions hold, the
 * request fails with the same error as without conditions.
 */
export const BEYOND_SOURCE = openStep('the range is beyond the end of the source', true)

/**
 * Evaluates an UploadPartCopy request: first the source conditions, then the range (C31). UploadPartCopy has no
 * destination conditions.
 */
export function copyPart(request: Request, state: State): Outcome {
  const steps: Step[] = []
  const failure = failedBySource(request, state, steps, PART_COPY)
  const range = copyRangeIn(request.headers?.copySourceRange ?? '')
  const source = sourceOf(request, state)
  const beyond = range !== undefined && source !== undefined && range.last >= source.size
  if (failure && !beyond) return failure
  if (failure) {
    return fail(failure.error, [
      ...failure.steps,
      step('the condition is evaluated before the range is applied', 'C31'),
    ])
  }
  return beyond ? unknown([...steps, BEYOND_SOURCE]) : succeed(200, 'part stored', steps)
}

/**
 * Returns a 404 if the source does not exist, and a 412 if a source condition fails. Unlike a read, a copy
 * never returns 304 (C03, C23).
 */
function failedBySource(request: Request, state: State, steps: Step[], family = COPY): Failure | undefined {
  const four = fourOf(request.headers)
  const source = sourceOf(request, state)
  if (!source) {
    const reason = 'the source does not exist'
    const missing = hasCondition(four)
      ? openStep(`${reason}, so the source conditions are ignored`, 'O17', 'C33', 'R51')
      : step(reason)
    return fail(noSuchKey(request.key), [...steps, missing])
  }
  if (request.sourceVersionId !== undefined && hasCondition(four)) {
    steps.push(guess('the request has both a source condition and a source version id', 'O17', 'R55'))
  }
  const { failedBy, steps: taken } = evaluateConditions(four, source, state.now, family)
  steps.push(...taken)
  return failedBy && fail(preconditionFailed(`x-amz-copy-source-${failedBy}`), [...steps])
}

function sourceOf({ sourceVersionId }: Request, { source }: State): Version | undefined {
  if (sourceVersionId === undefined) return source?.current
  return source?.addressed && !isMarker(source.addressed) ? source.addressed : undefined
}

function fourOf(headers: Headers = {}): Four {
  return {
    ifMatch: headers.copySourceIfMatch,
    ifNoneMatch: headers.copySourceIfNoneMatch,
    ifModifiedSince: headers.copySourceIfModifiedSince,
    ifUnmodifiedSince: headers.copySourceIfUnmodifiedSince,
  }
}

/**
 * Parses x-amz-copy-source-range, which must specify both the first and the last byte. Returns undefined if the range
 * is invalid.
 */
export function copyRangeIn(range: string): Range | undefined {
  const [, first, last] = range.match(/^bytes=(\d+)-(\d+)$/) ?? []
  return Number(first) <= Number(last) ? { first: Number(first), last: Number(last) } : undefined
}
