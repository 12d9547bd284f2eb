import { annotate } from './annotation.ts'
import { complete } from './complete.ts'
import { copy, copyPart } from './copy.ts'
import { deleteObject } from './delete.ts'
import { deleteObjects } from './delete-objects.ts'
import { abort, rename } from './directory.ts'
import { fail, markUnknown, openStep, step, succeed } from './outcomes.ts'
import { checkPolicy } from './policy.ts'
import { read } from './read.ts'
import { checkSignature } from './signature.ts'
import type { Operation, Outcome, Request, State, Step } from './types.ts'
import { put } from './write.ts'

export { expectedOf, factsOf, MESSAGES } from './outcomes.ts'
export type * from './types.ts'
export { matchTags, matchWhole, readDate } from './values.ts'

/**
 * Derives the outcome of a conditional request (the response and the effect on the key) from the facts about Amazon S3.
 * @param state the bucket, the keys and the upload as they are when the request is evaluated
 * @returns a success, a failure or, if no fact covers the request, an unknown outcome; each outcome lists the steps of
 * the evaluation with their facts
 */
export function evaluate(request: Request, state: State): Outcome {
  const steps: Step[] = []
  for (const check of [checkSignature, checkPolicy]) {
    const result = check(request, state)
    if ('kind' in result) return markUnknown(result)
    steps.push(...result)
  }
  const outcome = BY_OPERATION[request.operation](request, state)
  steps.push(...outcome.steps)
  return markUnknown({ ...outcome, steps: steps.length > 0 ? steps : [step('the request has no condition')] })
}

/** Whether the rules cover the operation with this SDK name. */
export function isOperation(name: string): name is Operation {
  return Object.hasOwn(BY_OPERATION, name)
}

const BY_OPERATION: Readonly<Record<Operation, (request: Request, state: State) => Outcome>> = {
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

/** CreateMultipartUpload has no conditions and creates no object. */
function createUpload(request: Request): Outcome {
  return succeed(200, 'unchanged', [
    ...ignoredConditions(request),
    step('an upload can be created whether or not the key exists'),
  ])
}

/**
 * S3's API model defines no conditional headers for CreateMultipartUpload or UploadPart. If a client sends one anyway,
 * it is expected to have no effect.
 */
function ignoredConditions({ headers = {} }: Request): Step[] {
  if ((headers.ifMatch ?? headers.ifNoneMatch) === undefined) return []
  return [openStep('a condition has no effect on creating an upload or on uploading a part', 'O26', 'M30')]
}

/** UploadPart has no conditions. It fails if the upload has been aborted (M27). */
function uploadPart(request: Request, { upload }: State): Outcome {
  if (upload?.state === 'aborted') {
    return fail({ status: 404, code: 'NoSuchUpload' }, [step('the upload has been aborted', 'M27')])
  }
  return succeed(200, 'part stored', [...ignoredConditions(request), step('the upload exists', 'M27')])
}
