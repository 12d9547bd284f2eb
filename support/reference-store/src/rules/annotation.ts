import { accept, noSuchKey, openStep, preconditionFailed, refuse, step } from './answers.ts'
import type { Outcome, Request, State } from './types.ts'
import { matchWhole } from './values.ts'

/**
 * PutObjectAnnotation and DeleteObjectAnnotation: they succeed only when the object has the entity tag that
 * x-amz-object-if-match names (E20). With which status they fail nobody says (O20).
 */
export function annotate({ headers = {}, key: name }: Request, { key: { current } }: State): Outcome {
  if (!current) return refuse(noSuchKey(name), [openStep('there is no object', 'O20', 'E20')])
  const { objectIfMatch } = headers
  if (objectIfMatch === undefined) return accept(200, 'annotated', [step('nothing is asked of the object')])
  if (matchWhole(objectIfMatch, current.etag).matches) {
    return accept(200, 'annotated', [step('the object has that entity tag', 'E20')])
  }
  const said = openStep('the object has another entity tag', 'O20', 'E20')
  return refuse(preconditionFailed(), [said])
}
