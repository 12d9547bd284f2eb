import { accessDenied, MESSAGES, notKnown, openStep, refuse, step } from './answers.ts'
import type { Outcome, Request, Step } from './types.ts'

const WRITES = /^(PutObject|CopyObject|CompleteMultipartUpload)$/

/**
 * What the signature says of a condition, before anything else is looked at.
 * @returns the refusal, or nothing and the steps to go on with
 */
export function signature(request: Request): { readonly refused?: Outcome; readonly steps: Step[] } {
  const refused = refusedBySignature(request)
  if (refused) return { refused, steps: [] }
  const inQuery = request.signature?.presigned?.inQuery ?? []
  const says = 'a condition in the query that the signature covers counts as its header'
  return { steps: inQuery.length > 0 ? [step(says, 'P28', 'P29')] : [] }
}

function refusedBySignature({ operation, headers = {}, signature: signed }: Request): Outcome | undefined {
  if (!signed) return undefined
  const conditional = headers.ifMatch !== undefined || headers.ifNoneMatch !== undefined
  if (signed.version === 2 && conditional && WRITES.test(operation)) {
    const message = MESSAGES.signatureVersion2
    const said = step('conditional writes take Signature Version 4', 'P31')
    return refuse({ status: 400, code: 'InvalidRequest', message }, [said])
  }
  const { leftOut = [], added = [] } = signed.presigned ?? {}
  if (leftOut.length > 0) {
    const said = step('a header that the signature covers was not sent', 'P39', 'P30')
    return refuse({ status: 403, code: 'SignatureDoesNotMatch' }, [said])
  }
  const amazon = added.filter((name) => name.startsWith('x-amz-'))
  if (amazon.length > 0) {
    const elements = { HeadersNotSigned: amazon.join(', ') }
    const said = step('a header of Amazon was sent that the signature does not cover', 'P40')
    return refuse({ ...accessDenied(), message: MESSAGES.headersNotSigned, elements }, [said])
  }
  if (added.some((name) => name === 'if-match' || name === 'if-none-match')) {
    return notKnown('O19', [openStep('a condition was sent that the signature does not cover', 'O19', 'P41')])
  }
  return undefined
}
