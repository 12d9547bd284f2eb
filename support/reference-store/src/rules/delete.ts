import {
  accept,
  accessDenied,
  guess,
  noSuchKey,
  notImplemented,
  openStep,
  preconditionFailed,
  refuse,
  step,
} from './answers.ts'
import { deleteInDirectory } from './directory.ts'
import type { Accepted, Effect, FactId, Outcome, Request, State, Step } from './types.ts'
import { compareWhole, inBucket, type WriteFacts } from './write.ts'

const TIME = 'x-amz-if-match-last-modified-time'
const SIZE = 'x-amz-if-match-size'

/** What the comparison of If-Match rests on; a star is taken (X04). */
const DELETE: WriteFacts = {
  both: [],
  noneMatchValue: [],
  starMatch: [],
  noneMatchFails: [],
  noneMatchHolds: [],
  matchMissing: ['X05', 'X06'],
  matchFails: ['X03', 'V03'],
  matchHolds: { quoted: ['X01', 'X10'], unquoted: ['X02'] },
}

/**
 * DeleteObject. In a general purpose bucket only If-Match is implemented, and not with a version id; a key that holds
 * no object is 404 once there is a condition, and a delete marker counts as none (X05 to X09).
 */
export function deleteObject(request: Request, state: State): Outcome {
  const { headers = {}, versionId, caller, key: name } = request
  const { key, bucket } = state
  if (bucket.directory) return deleteInDirectory(request, state)
  if (headers.ifMatchLastModifiedTime !== undefined) {
    const facts: FactId[] = (headers.ifMatch ?? headers.ifMatchSize) === undefined ? ['X13'] : ['X13', 'X14']
    return refuse(notImplemented(TIME), [step('only directory buckets compare the time', ...facts)])
  }
  if (headers.ifMatchSize !== undefined) {
    return refuse(notImplemented(SIZE), [step('only directory buckets compare the size', 'X12')])
  }
  const { ifMatch } = headers
  if (ifMatch === undefined) return gone(state, versionId, [step('a delete without a condition', 'X15')])

  if (versionId !== undefined) {
    const said = key.addressed
      ? step('a version id and If-Match exclude each other', 'X11')
      : openStep('a version id and If-Match exclude each other, also where there is no such version', 'O23', 'X11')
    return refuse({ status: 501, code: 'NotImplemented' }, [said])
  }
  const isStar = ifMatch.trim() === '*'
  const steps: Step[] = inBucket(request, state)
  if (caller?.mayGet === false && !isStar) {
    return refuse(accessDenied(), [openStep('If-Match with an entity tag takes s3:GetObject, too', true, 'X17')])
  }
  if (!key.current) {
    const facts: FactId[] = key.deleteMarker ? ['X07', 'X08', 'X09'] : ['X05', 'X06']
    if (caller?.mayList === false) steps.push(guess('the caller may not list the bucket', 'O8', 'A13'))
    return refuse(noSuchKey(name), [...steps, step('the key holds no object', ...facts)])
  }
  if (isStar) steps.push(step('If-Match takes any object', 'X04'))
  else {
    const { matches, said } = compareWhole(ifMatch, key.current.etag, DELETE)
    steps.push(said)
    if (!matches) return refuse(preconditionFailed('If-Match'), steps)
  }
  return gone(state, versionId, steps)
}

/** 204: the object is gone, or under a delete marker where the bucket has versions. */
function gone({ bucket }: State, versionId: string | undefined, steps: readonly Step[]): Accepted {
  const effect: Effect = bucket.versioning === 'never' || versionId !== undefined ? 'deleted' : 'delete marker made'
  return accept(204, effect, effect === 'deleted' ? steps : [...steps, step('the delete makes a marker', 'X10')])
}
