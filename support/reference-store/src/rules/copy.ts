import { accept, guess, noSuchKey, notKnown, openStep, preconditionFailed, refuse, step } from './answers.ts'
import { COPY, evaluate, type Four, PART_COPY } from './conditions.ts'
import { isMarker } from './read.ts'
import type { Headers, Outcome, Refused, Request, State, Step, Version } from './types.ts'
import { inBucket, refusedByKey, refusedValue, type WriteFacts } from './write.ts'

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
 * CopyObject: first the values of the conditions on the destination (D11), then the source and its conditions, then what
 * the destination holds. Both have to hold (D14); which is looked at first nobody says.
 */
export function copy(request: Request, state: State): Outcome {
  const steps: Step[] = []
  if (request.otherHeaders?.includes('cf-copy-destination-if-none-match')) {
    steps.push(step('a header of another store is not looked at', 'D18'))
  }
  const refused = refusedValue(request, DESTINATION, steps)
  if (refused) return refused
  steps.push(...inBucket(request, state))

  const source = refusedBySource(request, state, steps)
  const destination = refusedByKey(request, state.key, DESTINATION, steps)
  if (source && destination) {
    return refuse(source.error, [
      ...source.steps,
      openStep('the source is looked at before the destination', true, 'D14'),
    ])
  }
  const either = source ?? destination
  const { ifMatch, ifNoneMatch } = request.headers ?? {}
  const onBoth = onSource(request.headers) && (ifMatch ?? ifNoneMatch) !== undefined
  const both = onBoth ? [step('there are conditions on the source and on the destination', 'D14')] : []
  if (either) return refuse(either.error, [...either.steps, ...both])
  return accept(200, 'written', [...steps, ...both])
}

/** UploadPartCopy: the conditions on the source come before its range (C31). The destination has none. */
export function copyPart(request: Request, state: State): Outcome {
  const steps: Step[] = []
  const refused = refusedBySource(request, state, steps, PART_COPY)
  const beyond = isBeyond(request.headers?.copySourceRange, sourceOf(request, state))
  if (refused) {
    return beyond
      ? refuse(refused.error, [...refused.steps, step('the condition comes before the range', 'C31')])
      : refused
  }
  if (beyond) return notKnown(undefined, [...steps, openStep('the range lies beyond the end of the source', true)])
  return accept(200, 'part stored', steps)
}

/** 404 and 412: a source that fails is 412 always, never 304 (C03, C23). */
function refusedBySource(request: Request, state: State, steps: Step[], family = COPY): Refused | undefined {
  const { headers } = request
  const source = sourceOf(request, state)
  if (!source) {
    const said = onSource(headers)
      ? openStep('the source holds no object, so that its conditions are not looked at', 'O17', 'C33', 'R51')
      : step('the source holds no object')
    return refuse(noSuchKey(request.key), [...steps, said])
  }
  if (request.sourceVersionId !== undefined && onSource(headers)) {
    steps.push(guess('a condition on a version of the source', 'O17', 'R55'))
  }
  const { refusedBy, steps: taken } = evaluate(fourOf(headers), source, state.now, family)
  steps.push(...taken)
  return refusedBy && refuse(preconditionFailed(`x-amz-copy-source-${refusedBy}`), [...steps])
}

function sourceOf({ sourceVersionId }: Request, { source }: State): Version | undefined {
  if (sourceVersionId === undefined) return source?.current
  return source?.addressed && !isMarker(source.addressed) ? source.addressed : undefined
}

function fourOf(headers: Headers = {}): Four {
  const { copySourceIfMatch, copySourceIfNoneMatch, copySourceIfModifiedSince, copySourceIfUnmodifiedSince } = headers
  return {
    ...(copySourceIfMatch !== undefined && { ifMatch: copySourceIfMatch }),
    ...(copySourceIfNoneMatch !== undefined && { ifNoneMatch: copySourceIfNoneMatch }),
    ...(copySourceIfModifiedSince !== undefined && { ifModifiedSince: copySourceIfModifiedSince }),
    ...(copySourceIfUnmodifiedSince !== undefined && { ifUnmodifiedSince: copySourceIfUnmodifiedSince }),
  }
}

function onSource(headers: Headers | undefined): boolean {
  return Object.keys(fourOf(headers)).length > 0
}

function isBeyond(range: string | undefined, source: Version | undefined): boolean {
  const [, last] = range?.match(/^bytes=\d+-(\d+)$/) ?? []
  return last !== undefined && source !== undefined && Number(last) >= source.size
}
