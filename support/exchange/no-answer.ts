import type { Exchange } from './record'

const BROKEN = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
])

/** Statuses with which a service says that it could not answer; 501 is an answer. */
const NO_ANSWER: readonly number[] = [429, 500, 502, 503, 504]

/** Whether the error, or what caused it, is that nothing came back: a connection that broke, or a time-out. */
export function isNoAnswer(error: unknown): boolean {
  if (!(error instanceof Error) || '$fault' in error) return false
  const { code, errors } = error as { code?: string; errors?: unknown[] }
  return (
    (code !== undefined && BROKEN.has(code)) ||
    error.name === 'TimeoutError' ||
    isNoAnswer(error.cause) ||
    (errors ?? []).some(isNoAnswer)
  )
}

/**
 * Whether an exchange says nothing about the store: nothing came back, or, by the status on the wire, that it could not
 * answer now. A refusal inside an answer of status 200 is an answer.
 */
export function isUnanswered({ response }: Exchange): boolean {
  if (!response) return true
  return NO_ANSWER.includes(response.status) || response.error?.Code === 'RequestTimeout'
}

/** Refusals of the caller, after which every further request would be refused alike. */
const ENDS_A_RUN = /^(ExpiredToken|InvalidToken|RequestTimeTooSkewed)$/

/** The error code of an exchange that ends the run: the credentials have expired, or the clock is wrong. */
export function endsTheRun({ response }: Exchange): string | undefined {
  const code = response?.error?.Code
  return code && ENDS_A_RUN.test(code) ? code : undefined
}
