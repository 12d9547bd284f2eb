import { accept, accessDenied, conflict, noSuchKey, openStep, preconditionFailed, refuse, step } from './answers'
import type { Outcome, Request, State, Step, Upload } from './types'
import { compareWhole, refusedValue, type WriteFacts } from './write'

const COMPLETE: WriteFacts = {
  both: ['M18'],
  noneMatchValue: ['M16'],
  starMatch: ['M17'],
  noneMatchFails: ['M02', 'M03', 'M04', 'M29'],
  noneMatchHolds: ['M01', 'M06'],
  matchMissing: ['M13', 'M15'],
  matchFails: ['M08', 'M10', 'M24'],
  matchHolds: { quoted: ['M07', 'M09', 'M24'] },
}

/**
 * CompleteMultipartUpload: as a write, and then it matters whether the key was written or deleted since the upload was
 * created. Where the condition itself would hold, that is a 409, which a client can bring about in three ways: If-Match
 * with the entity tag of an object that was stored meanwhile (M11, M12), the same after a 404 (M14), and If-None-Match
 * after the object has been deleted (M05). Neither 412 nor 404 end the upload (M09, M14).
 */
export function complete(request: Request, state: State): Outcome {
  const { headers = {}, caller, key: name } = request
  const { key, upload } = state
  if (!upload) return accept(200, 'written', [])
  if (upload.state === 'completed') {
    return accept(200, 'unchanged', [step('the upload is completed already: a replay bypasses the condition', 'M19')])
  }
  if (upload.state !== 'in progress') {
    return refuse({ status: 404, code: 'NoSuchUpload' }, [step('there is no such upload any more', 'M27')])
  }

  const steps: Step[] = []
  const refused = refusedValue(request, COMPLETE, steps)
  if (refused) return refused
  if (upload.refusedWith === 409) steps.push(openStep('the upload is still there after a 409', 'O3', 'M21'))

  const { ifMatch, ifNoneMatch } = headers
  if (ifNoneMatch !== undefined) {
    if (key.current) {
      const said = step('the key holds an object', ...COMPLETE.noneMatchFails)
      return refuse(preconditionFailed('If-None-Match'), [...steps, said])
    }
    if (upload.keyChangedSince) return refuse(conflict('If-None-Match', name), [...steps, emptied(upload)])
    return accept(200, 'written', [
      ...steps,
      step('the key has held nothing all along', ...COMPLETE.noneMatchHolds),
      ...suspendedToo(state),
    ])
  }
  if (ifMatch === undefined) return accept(200, 'written', steps)

  if (caller?.mayGet === false) {
    return refuse(accessDenied(), [...steps, step('If-Match takes s3:GetObject, too', 'A11')])
  }
  if (!key.current) {
    if (caller?.mayList === false)
      steps.push(openStep('that the caller may not list the bucket does not matter', 'O8', 'A13'))
    const facts = upload.keyChangedSince ? (['M13', 'M28'] as const) : (['M15'] as const)
    return refuse(noSuchKey(name), [...steps, step('the key holds no object', ...facts)])
  }
  const { matches, said } = compareWhole(ifMatch, key.current.etag, COMPLETE)
  steps.push(said)
  if (!matches) return refuse(preconditionFailed('If-Match'), steps)
  if (upload.keyChangedSince) {
    const late = step('but that was stored since the upload was created', 'M11', 'M12', 'M14')
    return refuse(conflict('If-Match', name), [...steps, late])
  }
  return accept(200, 'written', [...steps, ...suspendedToo(state)])
}

/** The key holds nothing now, and something was done to it since the upload was created. */
function emptied({ keyHeldObject, refusedWith }: Upload): Step {
  const says = 'the key holds nothing, but its object was deleted since the upload was created'
  if (!keyHeldObject && refusedWith === undefined) return openStep(says, 'O22', 'M25')
  return refusedWith === 412 ? step(says, 'M05', 'M28') : step(says, 'M28')
}

function suspendedToo({ bucket }: State): Step[] {
  if (bucket.versioning !== 'suspended') return []
  return [openStep('conditions hold while versioning is suspended as when it is enabled', 'O24', 'P43')]
}
