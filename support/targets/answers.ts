import { S3ServiceException } from '@aws-sdk/client-s3'
import { redact } from '../errors'

/** The status of a refusal; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
}

/** An error in a few words: a refusal's status and code, and what it says. */
export function reasonOf(error: unknown): string {
  const { name, message } = error as Error
  const status = statusOf(error)
  const said = redact(message).replace(/\s+/g, ' ').slice(0, 200)
  return status === undefined ? said : `${status} ${name}: ${said}`
}
