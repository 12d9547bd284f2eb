/** How an exchange ended. */
interface Ended {
  readonly response?: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly error?: { readonly Code?: string }
  }
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

const SILENT = 'SilentOperation'

/** A request that was not sent, since the store never responds to requests of its kind. The SDK does not retry it. */
export class SilentOperation extends Error {
  override readonly name = SILENT
}

/** Whether the error, or what caused it, is that nothing came back: a connection that broke, or a time-out. */
export function isNoAnswer(error: unknown): boolean {
  if (!(error instanceof Error) || '$fault' in error) return false
  const { code, errors } = error as { code?: string; errors?: unknown[] }
  return (
    (code !== undefined && BROKEN.has(code)) ||
    error.name === 'TimeoutError' ||
    error.name === SILENT ||
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

/** Without Retry-After, and at most with it. */
const THROTTLED_MS = { least: 1_000, most: 30_000 }

/**
 * How long to wait before a request is sent again that the store did not perform since there were too many: 429, or 503.
 * @returns milliseconds, by the header Retry-After if there is one; undefined for any other response
 */
export function throttleOf({ response }: Ended): number | undefined {
  if (response?.status !== 429 && response?.status !== 503) return undefined
  const seconds = Number(response.headers['retry-after'])
  return Math.min(THROTTLED_MS.most, seconds > 0 ? seconds * 1_000 : THROTTLED_MS.least)
}

/** Whether nobody listens at the endpoint, or it cannot be found: the store is not there, or not any more. */
export function isRefusedConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errors } = error as { code?: string; errors?: unknown[] }
  return (
    (code !== undefined && BROKEN.has(code) && !CLOSED.has(code) && code !== 'ETIMEDOUT') ||
    isRefusedConnection(error.cause) ||
    (errors ?? []).some(isRefusedConnection)
  )
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
