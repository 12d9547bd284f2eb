import { fail, noSuchKey, openStep, preconditionFailed, step, succeed } from './outcomes.ts'
import type { Outcome, Request, State } from './types.ts'
import { matchWhole } from './values.ts'

/**
 * Evaluates a PutObjectAnnotation or DeleteObjectAnnotation request. A request with x-amz-object-if-match succeeds only
 * if the header matches the object's current ETag (E20). Otherwise, the status of the response is an open question
 * (O20).
 */
export function annotate({ headers = {}, key: name }: Request, { key: { current } }: State): Outcome {
  if (!current) return fail(noSuchKey(name), [openStep('the object does not exist', 'O20', 'E20')])
  const { objectIfMatch } = headers
  if (objectIfMatch === undefined) return succeed(200, 'annotated', [step('the request has no condition')])
  if (!matchWhole(objectIfMatch, current.etag).matches) {
    return fail(preconditionFailed(), [openStep('x-amz-object-if-match does not match the current ETag', 'O20', 'E20')])
  }
  return succeed(200, 'annotated', [step('x-amz-object-if-match matches the current ETag', 'E20')])
}
