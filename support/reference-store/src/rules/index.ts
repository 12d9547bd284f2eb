import { annotate } from './annotation.ts'
import { accept, honest, openStep, refuse, step } from './answers.ts'
import { complete } from './complete.ts'
import { copy, copyPart } from './copy.ts'
import { deleteObject } from './delete.ts'
import { deleteObjects } from './delete-objects.ts'
import { abort, rename } from './directory.ts'
import { policy } from './policy.ts'
import { read } from './read.ts'
import { signature } from './signature.ts'
import type { Outcome, Request, State, Step } from './types.ts'
import { put } from './write.ts'

export { expectedOf, factsOf, MESSAGES } from './answers.ts'
export type * from './types.ts'
export { matchTags, matchWhole, readDate } from './values.ts'

/**
 * What Amazon S3 answers to a conditional request, and what its key holds afterwards: the catalogue's facts as rules.
 * @param request as it was sent
 * @param state what a store can tell of bucket, keys and upload when the request is evaluated
 * @returns accepted, refused, or not known where the facts end; each with the steps, and what they rest on
 */
export function answer(request: Request, state: State): Outcome {
  const steps: Step[] = []
  for (const gate of [signature, policy]) {
    const { refused, steps: taken } = gate(request, state)
    if (refused) return honest(refused)
    steps.push(...taken)
  }
  const outcome = BY_OPERATION[request.operation](request, state)
  steps.push(...outcome.steps)
  return honest({ ...outcome, steps: steps.length > 0 ? steps : [step('no condition is sent')] })
}

const BY_OPERATION: Readonly<Record<Request['operation'], (request: Request, state: State) => Outcome>> = {
  GetObject: read,
  HeadObject: read,
  CopyObject: copy,
  UploadPartCopy: copyPart,
  PutObject: put,
  CompleteMultipartUpload: complete,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  RenameObject: rename,
  AbortMultipartUpload: abort,
  PutObjectAnnotation: annotate,
  DeleteObjectAnnotation: annotate,
  CreateMultipartUpload: createUpload,
  UploadPart: uploadPart,
}

/** CreateMultipartUpload has no conditions: it makes no object yet, so that a policy lets it be (A02). */
function createUpload(request: Request): Outcome {
  return accept(200, 'unchanged', [...withoutEffect(request), step('nothing is asked of the key')])
}

/** What clients send all the same: S3's model has no condition for them, so that it is expected to have no effect. */
function withoutEffect({ headers = {} }: Request): Step[] {
  if ((headers.ifMatch ?? headers.ifNoneMatch) === undefined) return []
  return [openStep('a condition on the parts of an upload has no effect', 'O26', 'M30')]
}

/** UploadPart has no conditions; it tells whether the upload is still there (M27). */
function uploadPart(request: Request, { upload }: State): Outcome {
  if (upload?.state === 'aborted') {
    return refuse({ status: 404, code: 'NoSuchUpload' }, [step('the upload is aborted', 'M27')])
  }
  return accept(200, 'part stored', [...withoutEffect(request), step('the upload is there', 'M27')])
}
