/** How an exchange ended. */
interface Ended {
  readonly response?: { readonly status: number; readonly error?: { readonly Code?: string } }
  readonly closed?: true
}

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

const CLOSED = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

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
export function isUnanswered({ response }: Ended): boolean {
  if (!response) return true
  return NO_ANSWER.includes(response.status) || response.error?.Code === 'RequestTimeout'
}

/** Whether the error, or its cause, is that the store closed the connection. */
export function isClosed(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: string }
  return (code !== undefined && CLOSED.has(code)) || isClosed(error.cause)
}

/** Whether the store itself failed: it responded with 500, or closed the connection. A busy machine alone does not cause that. */
export function isCrash({ response, closed }: Ended): boolean {
  return response ? response.status === 500 : closed === true
}

/** Refusals of the caller, after which every further request would be refused alike. */
const ENDS_A_RUN = /^(ExpiredToken|InvalidToken|RequestTimeTooSkewed)$/

/** The error code of an exchange that ends the run: the credentials have expired, or the clock is wrong. */
export function endsTheRun({ response }: Ended): string | undefined {
  const code = response?.error?.Code
  return code && ENDS_A_RUN.test(code) ? code : undefined
}
