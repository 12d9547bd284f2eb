import { ACCESS_DENIED, fail, MESSAGES, openStep, step, unknown } from './outcomes.ts'
import type { Outcome, Request, Step } from './types.ts'

const WRITES = /^(PutObject|CopyObject|CompleteMultipartUpload)$/

/**
 * Checks the signature version and which headers are signed. These checks precede all others.
 * @returns a failure or an unknown outcome, or the steps if the request may proceed
 */
export function checkSignature({ operation, headers = {}, signature: signed }: Request): Outcome | Step[] {
  if (!signed) return []
  if (signed.version === 2 && (headers.ifMatch ?? headers.ifNoneMatch) !== undefined && WRITES.test(operation)) {
    const error = { status: 400, code: 'InvalidRequest', message: MESSAGES.signatureVersion2 }
    return fail(error, [step('conditional writes require Signature Version 4', 'P31')])
  }
  const { leftOut = [], added = [], inQuery = [] } = signed.presigned ?? {}
  if (leftOut.length > 0) {
    const error = { status: 403, code: 'SignatureDoesNotMatch' }
    return fail(error, [step('a signed header was not sent', 'P39', 'P30')])
  }
  const amazon = added.filter((name) => name.startsWith('x-amz-'))
  if (amazon.length > 0) {
    const elements = { HeadersNotSigned: amazon.join(', ') }
    const error = { ...ACCESS_DENIED, message: MESSAGES.headersNotSigned, elements }
    return fail(error, [step('an x-amz- header is not signed', 'P40')])
  }
  if (added.some((name) => name === 'if-match' || name === 'if-none-match')) {
    return unknown([openStep('a conditional header is not signed', 'O19', 'P41')])
  }
  return inQuery.length > 0 ? [step('a condition in the signed query string is treated as a header', 'P28', 'P29')] : []
}
