/**
 * The parts of an exchange that show how it ended: with a response, with the store closing the connection, or with
 * neither.
 */
interface Ended {
  readonly response?: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly error?: { readonly Code?: string }
  }
  readonly closed?: true
}

/** Error codes that mean that no connection could be established. */
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

/** Error codes that mean that the store closed the connection. */
const CLOSED = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']

const BROKEN = [...UNREACHABLE, ...CLOSED, 'ETIMEDOUT']

/** The statuses of transient errors. 501 is excluded, because the store would return it again. */
const TRANSIENT: readonly number[] = [429, 500, 502, 503, 504]

const SILENT = 'SilentOperation'

/**
 * Thrown if a request is not sent because the store never responds to that kind of request. The SDK does not retry
 * after this error.
 */
export class SilentOperation extends Error {
  override readonly name = SILENT
}

/**
 * Whether an error means that no response was received: the connection failed, the request timed out, or the request
 * was not sent because the store never responds to that kind of request.
 */
export function isNoResponse(error: unknown): boolean {
  return someCause(error, ({ name, code }) => BROKEN.includes(code) || name === 'TimeoutError' || name === SILENT)
}

/**
 * Whether an error means that no connection could be established, for example because the store is not running or its
 * host name is unknown.
 */
export function isUnreachable(error: unknown): boolean {
  return someCause(error, ({ code }) => UNREACHABLE.includes(code))
}

/** Whether an error means that the store closed the connection. */
export function isClosed(error: unknown): boolean {
  return someCause(error, ({ code }) => CLOSED.includes(code))
}

/**
 * Whether an error, its cause or any error in an AggregateError satisfies `meets`. Always false for an SDK exception
 * that represents an error response, because the store has responded in that case.
 */
function someCause(error: unknown, meets: (error: { name: string; code: string }) => boolean): boolean {
  if (!(error instanceof Error) || '$fault' in error) return false
  const { name, cause, code = '', errors = [] } = error as Error & { code?: string; errors?: unknown[] }
  return meets({ name, code }) || [cause, ...errors].some((one) => someCause(one, meets))
}

/**
 * Whether an exchange ended with a transient error or without a response. Such an exchange does not show how the store
 * behaves. An InternalError in a 200 response is not transient.
 */
export function isTransient({ response }: Ended): boolean {
  if (!response) return true
  return TRANSIENT.includes(response.status) || response.error?.Code === 'RequestTimeout'
}

const THROTTLED_MS = { withoutHeader: 1_000, atMost: 30_000 }

/**
 * Returns how long to wait before retrying a request that the store throttled with 429 or 503.
 * @returns milliseconds, from the Retry-After header if present; undefined if the request was not throttled
 */
export function retryAfterMs({ response }: Ended): number | undefined {
  if (response?.status !== 429 && response?.status !== 503) return undefined
  const seconds = Number(response.headers['retry-after'])
  return Math.min(THROTTLED_MS.atMost, seconds > 0 ? seconds * 1_000 : THROTTLED_MS.withoutHeader)
}

/** Whether the store itself failed: it returned 500 or closed the connection. An overloaded machine causes neither. */
export function isCrash({ response, closed }: Ended): boolean {
  return response ? response.status === 500 : closed === true
}

/**
 * The error codes for invalid or expired credentials and for clock skew. Every further request would fail with the same
 * code.
 */
const FATAL = /^(ExpiredToken|InvalidToken|RequestTimeTooSkewed)$/

/**
 * Returns the error code in a response if that error must end the run, for example because the credentials have
 * expired.
 */
export function fatalCode({ response }: Ended): string | undefined {
  const code = response?.error?.Code
  return code && FATAL.test(code) ? code : undefined
}
