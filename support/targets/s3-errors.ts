import { S3ServiceException } from '@aws-sdk/client-s3'
import { isNoResponse } from '../wire/no-response'
import { exchangeOf } from '../wire/record'
import { redact } from '../wire/redact'

/** Returns the HTTP status of an error response, or undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
}

/**
 * Whether an error means that the store does not support the request: 501, 405 or 400. A store may return 400 if it
 * ignores the request's sub-resource.
 */
export function isUnknownTo(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false
  return [400, 405, 501].includes(statusOf(error) ?? 0) || error.name === 'NotImplemented'
}

/**
 * Returns an error's message as a single line. For an error response, the status and the error code precede the
 * message.
 */
export function reasonOf(error: unknown): string {
  const { name, message } = error as Error
  const status = statusOf(error)
  const text = redact(message).replace(/\s+/g, ' ').slice(0, 200)
  return status === undefined ? text : `${status} ${name}: ${text}`
}

/**
 * Describes how a request failed, for example `PutObject failed with 500 InternalError`.
 * @param operation the name of the operation; defaults to the operation of the recorded request that caused the error
 */
export function failureOf(error: unknown, operation = exchangeOf(error)?.operation ?? 'a request'): string {
  if (isNoResponse(error)) {
    const { code } = error as { code?: unknown }
    return `${operation} got no response${typeof code === 'string' ? ` (${code})` : ' in time'}`
  }
  const status = statusOf(error)
  if (status === undefined) return `${operation} got an unreadable response`
  return `${operation} failed with ${status} ${(error as Error).name}`
}
