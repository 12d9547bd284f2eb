import { deleteInDirectory } from './directory.ts'
import { ACCESS_DENIED, fail, notImplemented, openStep, preconditionFailed, step, succeed } from './outcomes.ts'
import type { Bucket, Effect, FactId, Outcome, Request, State, Step } from './types.ts'
import { compareWhole, inBucket, matchMissing } from './write.ts'

const FACTS = {
  matchFails: ['X03', 'V03'],
  matchHolds: { quoted: ['X01', 'X10'], unquoted: ['X02'] },
}

/**
 * Evaluates a DeleteObject request. A general purpose bucket supports only If-Match, and only without a version id. A
 * conditional delete fails with 404 if the key does not exist or its current version is a delete marker (X05 to X09).
 */
export function deleteObject(request: Request, state: State): Outcome {
  const { headers = {}, versionId, caller } = request
  const { key, bucket } = state
  if (bucket.directory) return deleteInDirectory(request, state)
  if (headers.ifMatchLastModifiedTime !== undefined) {
    const facts: FactId[] = (headers.ifMatch ?? headers.ifMatchSize) === undefined ? ['X13'] : ['X13', 'X14']
    const error = notImplemented('x-amz-if-match-last-modified-time')
    return fail(error, [step('only directory buckets support time conditions on deletes', ...facts)])
  }
  if (headers.ifMatchSize !== undefined) {
    return fail(notImplemented('x-amz-if-match-size'), [
      step('only directory buckets support size conditions on deletes', 'X12'),
    ])
  }
  const { ifMatch } = headers
  const steps: Step[] = []
  if (ifMatch === undefined) steps.push(step('the request has no condition', 'X15'))
  else if (versionId !== undefined) {
    const reason = 'If-Match on a delete cannot be combined with a version id'
    const exclusive = key.addressed
      ? step(reason, 'X11')
      : openStep(`${reason}, even if that version does not exist`, 'O23', 'X11')
    return fail({ status: 501, code: 'NotImplemented' }, [exclusive])
  } else {
    const isAny = ifMatch.trim() === '*'
    steps.push(...inBucket(request, state))
    if (caller?.mayGet === false && !isAny) {
      return fail(ACCESS_DENIED, [openStep('a delete with an ETag in If-Match requires s3:GetObject', true, 'X17')])
    }
    if (!key.current) {
      const facts: FactId[] = key.deleteMarker ? ['X07', 'X08', 'X09'] : ['X05', 'X06']
      return matchMissing(request, steps, facts)
    }
    if (isAny) steps.push(step('If-Match: * matches any object', 'X04'))
    else if (!compareWhole(ifMatch, key.current.etag, FACTS, steps)) return fail(preconditionFailed('If-Match'), steps)
  }
  const effect = effectOf(bucket, versionId)
  if (effect === 'delete marker made') steps.push(step('the delete creates a delete marker', 'X10'))
  return succeed(204, effect, steps)
}

/** In a versioned bucket, a delete without a version id creates a delete marker instead of deleting the object. */
export function effectOf({ versioning }: Bucket, versionId: string | undefined): Effect {
  return versioning === 'never' || versionId !== undefined ? 'deleted' : 'delete marker made'
}
