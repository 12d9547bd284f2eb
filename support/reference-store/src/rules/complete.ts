import { accept, conflict, openStep, refuse, step } from './answers.ts'
import type { Outcome, Request, State, Step, Upload } from './types.ts'
import { inBucket, refusedByKey, refusedValue, type WriteFacts } from './write.ts'

const COMPLETE: WriteFacts = {
  both: ['M18'],
  noneMatchValue: ['M16'],
  starMatch: ['M17'],
  noneMatchFails: ['M02', 'M03', 'V02'],
  noneMatchHolds: ['M01', 'M06', 'V02'],
  matchMissing: ['M15'],
  matchFails: ['M08'],
  matchHolds: { quoted: ['M07', 'M09', 'M24'] },
}

/** The same, once something was stored in the key or deleted from it since the upload was created. */
const CHANGED: WriteFacts = {
  ...COMPLETE,
  noneMatchFails: ['M04', 'M29'],
  noneMatchHolds: ['M05', 'M28'],
  matchMissing: ['M13', 'M28'],
  matchFails: ['M10', 'M24'],
  matchHolds: { quoted: ['M11', 'M12'] },
}

/**
 * CompleteMultipartUpload: as a write, and then it matters whether the key was written or deleted since the upload was
 * created. Where the condition itself would hold, that is a 409, which a client can bring about in three ways: If-Match
 * with the entity tag of an object that was stored meanwhile (M11, M12), the same after a 404 (M14), and If-None-Match
 * after the object has been deleted (M05). Neither 412 nor 404 end the upload (M09, M14).
 */
export function complete(request: Request, state: State): Outcome {
  const { headers = {}, key: name } = request
  const { key, upload } = state
  if (upload?.state === 'completed') {
    return accept(200, 'unchanged', [step('the upload is completed already: a replay bypasses the condition', 'M19')])
  }
  if (upload?.state !== 'in progress') {
    return refuse({ status: 404, code: 'NoSuchUpload' }, [openStep('there is no such upload, or no more', true, 'M27')])
  }
  const facts = upload.keyChangedSince ? CHANGED : COMPLETE
  const steps: Step[] = []
  const unacceptable = refusedValue(request, facts, steps)
  if (unacceptable) return unacceptable
  if (upload.refusedWith === 409) steps.push(openStep('the upload is still there after a 409', 'O3', 'M21'))

  steps.push(...inBucket(request, state))
  const refused = refusedByKey(request, key, facts, steps)
  if (refused) return refused
  const condition =
    (headers.ifMatch !== undefined && 'If-Match') || (headers.ifNoneMatch !== undefined && 'If-None-Match')
  if (!condition || !upload.keyChangedSince) return accept(200, 'written', steps)
  return refuse(conflict(condition, name), [...steps, condition === 'If-Match' ? storedSince : emptiedSince(upload)])
}

const storedSince = step('but that was stored since the upload was created', 'M11', 'M12', 'M14')

/** The key holds nothing now, and something was done to it since the upload was created. */
function emptiedSince({ keyHeldObject, refusedWith }: Upload): Step {
  const says = 'the key holds nothing, but its object was deleted since the upload was created'
  if (!keyHeldObject && refusedWith === undefined) return openStep(says, 'O22', 'M25')
  return refusedWith === 412 ? step(says, 'M05', 'M28') : step(says, 'M28')
}
