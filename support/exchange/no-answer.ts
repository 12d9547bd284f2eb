import { S3ServiceException } from '@aws-sdk/client-s3'

const NO_ANSWER = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Whether the error, or what caused it, is that no answer came. */
export function isNoAnswer(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof S3ServiceException) return false
  const { code, errors } = error as { code?: string; errors?: unknown[] }
  return (
    (code !== undefined && NO_ANSWER.has(code)) ||
    error.name === 'TimeoutError' ||
    isNoAnswer(error.cause) ||
    (errors ?? []).some(isNoAnswer)
  )
}
