import { S3Error } from './message.ts'

export const ACCOUNT = '000000000000'

/** The canonical user ID of the account that owns all buckets. */
export const OWNER = { ID: '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a' }

/** Formats a date as Amazon S3 does in XML, truncated to whole seconds, for example `2024-01-01T00:00:00.000Z`. */
export function isoDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}.000Z`
}

/** Truncates a time to whole seconds, the precision of an object's Last-Modified. */
export function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000)
}

export function sizeOf(body: readonly Buffer[]): number {
  return body.reduce((sum, { length }) => sum + length, 0)
}

/** @param value the invalid value; if undefined, the response omits it */
export function invalidArgument(message: string, name: string, value?: string): S3Error {
  const elements = { ArgumentName: name, ...(value !== undefined && { ArgumentValue: value }) }
  return new S3Error(400, 'InvalidArgument', message, { elements })
}

export function invalidRequest(message: string): S3Error {
  return new S3Error(400, 'InvalidRequest', message)
}

/** Returns a 501 error for an unsupported feature. @param message a complete sentence */
export function notImplemented(message: string): S3Error {
  return new S3Error(501, 'NotImplemented', message)
}

/** Formats a value for a one-line message. A value that is empty or contains whitespace is quoted. */
export function quotedIfNeeded(text: string): string {
  return /^[^\s\p{C}"]+$/u.test(text) ? text : JSON.stringify(text)
}
