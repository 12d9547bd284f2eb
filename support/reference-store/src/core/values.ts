import { S3Error } from './message.ts'

/** The canonical id of the account that owns all buckets. */
export const OWNER_ID = '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a'

/** A date as Amazon S3 has it in XML: whole seconds with `.000`. */
export function isoDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}.000Z`
}

/**
 * The error to an argument that Amazon S3 does not take.
 * @param value left out of the response if it is undefined
 */
export function invalidArgument(message: string, name: string, value?: string): S3Error {
  const elements = { ArgumentName: name, ...(value !== undefined && { ArgumentValue: value }) }
  return new S3Error(400, 'InvalidArgument', message, { elements })
}

/**
 * The error to a request that this store does not carry out.
 * @param what a whole sentence
 */
export function notImplemented(what: string): S3Error {
  return new S3Error(501, 'NotImplemented', what)
}

/** A text in a message of one line. */
export function shown(text: string): string {
  return /^[^\s\p{C}"]+$/u.test(text) ? text : JSON.stringify(text)
}
