import { conflict, fail, openStep, step, succeed } from './outcomes.ts'
import type { Outcome, Request, State, Step, Upload } from './types.ts'
import { failedByKey, inBucket, invalidValue, type WriteFacts } from './write.ts'

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

const CHANGED: WriteFacts = {
  ...COMPLETE,
  noneMatchFails: ['M04', 'M29'],
  noneMatchHolds: ['M05', 'M28'],
  matchMissing: ['M13', 'M28'],
  matchFails: ['M10', 'M24'],
  matchHolds: { quoted: ['M11', 'M12'] },
}

/**
 * Evaluates a CompleteMultipartUpload request according to the rules for writes. If the condition holds but the key was
 * written or deleted after the upload was created, the request fails with 409. Two such cases were recorded:
 *
 * - If-Match matches the ETag of an object that was stored after the upload was created (M11, M12). The request fails
 *   with 409 even if an earlier attempt to complete the upload failed with 404 (M14).
 * - The request has If-None-Match, and the object was deleted after the upload was created (M05).
 *
 * If an attempt fails with 412 or 404, the upload remains in progress (M09, M14).
 */
export function complete(request: Request, state: State): Outcome {
  const { headers = {}, key: name } = request
  const { key, upload } = state
  if (upload?.state === 'completed') {
    return succeed(200, 'unchanged', [
      step('the upload has already been completed, so the condition is ignored', 'M19'),
    ])
  }
  if (upload?.state !== 'in progress') {
    return fail({ status: 404, code: 'NoSuchUpload' }, [openStep('the upload does not exist', true, 'M27')])
  }
  const facts = upload.keyChangedSince ? CHANGED : COMPLETE
  const steps: Step[] = []
  const invalid = invalidValue(request, facts, steps)
  if (invalid) return invalid
  if (upload.failedWith === 409) steps.push(openStep('a 409 leaves the upload in progress', 'O3', 'M21'))

  steps.push(...inBucket(request, state))
  const failure = failedByKey(request, key, facts, steps)
  if (failure) return failure
  const condition =
    (headers.ifMatch !== undefined && 'If-Match') || (headers.ifNoneMatch !== undefined && 'If-None-Match')
  if (!condition || !upload.keyChangedSince) return succeed(200, 'written', steps)
  return fail(conflict(condition, name), [...steps, condition === 'If-Match' ? STORED_SINCE : deletedSince(upload)])
}

const STORED_SINCE = step('the object was stored after the upload was created', 'M11', 'M12', 'M14')

function deletedSince({ keyHeldObject, failedWith }: Upload): Step {
  const reason = 'the object was deleted after the upload was created'
  if (!keyHeldObject && failedWith === undefined) return openStep(reason, 'O22', 'M25')
  return failedWith === 412 ? step(reason, 'M05', 'M28') : step(reason, 'M28')
}
