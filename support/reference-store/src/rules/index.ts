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
 * Evaluates a conditional request by the facts about Amazon S3: its response, and the key afterwards.
 * @param request as it was sent
 * @param state of bucket, keys and upload when the request is evaluated
 * @returns success, failure, or unknown if no fact applies; with the steps and the facts that support them
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

/** Whether an operation, by its name in the SDK, can be conditional. */
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

/** CreateMultipartUpload has no conditions and creates no object, and a policy does not restrict it (A02). */
function createUpload(request: Request): Outcome {
  return succeed(200, 'unchanged', [...ignoredConditions(request), step('the upload does not depend on the key')])
}

/** Clients can send conditions that S3's model does not have for these operations. They are expected to have no effect. */
function ignoredConditions({ headers = {} }: Request): Step[] {
  if ((headers.ifMatch ?? headers.ifNoneMatch) === undefined) return []
  return [openStep('a condition on the parts of an upload has no effect', 'O26', 'M30')]
}

/** UploadPart has no conditions; it fails if the upload is aborted (M27). */
function uploadPart(request: Request, { upload }: State): Outcome {
  if (upload?.state === 'aborted') {
    return fail({ status: 404, code: 'NoSuchUpload' }, [step('the upload is aborted', 'M27')])
  }
  return succeed(200, 'part stored', [...ignoredConditions(request), step('the upload exists', 'M27')])
}
