import { isClosed, isNoResponse, SilentOperation } from './no-response'

/** The parts of a request from which `kindOf` derives its kind. */
interface RequestHead {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The number of unanswered requests of a kind after which no more are sent. There is no such limit if the store has
 * ever responded to a request of that kind.
 */
const ATTEMPTS = 2

/** For each endpoint and kind of request: how many requests went unanswered, and whether the store ever responded. */
const kinds = new Map<string, { silent: number; hasResponded: boolean }>()

/** The time of the last response from each endpoint, as returned by `performance.now()`. */
const responded = new Map<string, number>()

/**
 * Sends a request. Throws instead if two requests of the same kind went unanswered and the store has never responded to
 * a request of that kind. This keeps requests for unsupported operations from delaying the run. A missing response
 * counts only if the store closed the connection, or if, in the second half of the timeout, it responded to another
 * request, such as the ping that this function sends. Otherwise, the machine may be too busy.
 * @param endpoint the URL of the store
 * @param timeoutMs the time limit for the response
 * @throws SilentOperation if the request is not sent, otherwise any error that `send` throws
 */
export async function unlessSilent<T>(
  endpoint: string,
  request: RequestHead,
  timeoutMs: number,
  send: () => Promise<T>,
): Promise<T> {
  const kind = kindOf(request)
  const key = `${endpoint} ${kind}`
  const known = kinds.get(key) ?? { silent: 0, hasResponded: false }
  kinds.set(key, known)
  if (!known.hasResponded && known.silent >= ATTEMPTS) {
    throw new SilentOperation(
      `${kind}: the store did not respond to ${known.silent} such requests, so no more of them will be sent.`,
    )
  }
  const half = performance.now() + timeoutMs / 2
  const ping = setTimeout(() => {
    fetch(`${endpoint}/s3cr-does-not-exist`, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs / 2) }).then(
      () => responded.set(endpoint, performance.now()),
      () => {},
    )
  }, timeoutMs / 2)
  try {
    const response = await send()
    known.hasResponded = true
    responded.set(endpoint, performance.now())
    return response
  } catch (error) {
    const isAlive = (responded.get(endpoint) ?? 0) > half
    if (isClosed(error) || (isAlive && isNoResponse(error))) known.silent++
    throw error
  } finally {
    clearTimeout(ping)
  }
}

/**
 * Headers that turn a request into a different operation, such as CopyObject instead of PutObject, or that use a
 * feature that a store may not support, such as SSE-C.
 */
const SELECTING = ['x-amz-copy-source', 'x-amz-rename-source', 'x-amz-server-side-encryption-customer-algorithm']

/**
 * Returns the kind of a request, such as `PUT key with aws:kms` or `GET bucket?versions`. Conditions do not affect the
 * kind, because a store that does not respond to a conditional request may still support the operation.
 */
export function kindOf({ method, path, query = {}, headers }: RequestHead): string {
  const depth = path.split('/').filter(Boolean).length
  const on = ['service', 'bucket'][depth] ?? 'key'
  const names = Object.keys(query)
    .filter((name) => !/^x-amz-|^x-id$|marker|prefix|max-/i.test(name))
    .sort()
  const withWhat = [
    headers['x-amz-server-side-encryption'],
    ...SELECTING.filter((name) => name in headers),
    on === 'bucket' && method === 'PUT' && names.length === 0 && Number(headers['content-length'] ?? 0) > 0 && 'a body',
  ].filter(Boolean)
  return [
    `${method} ${on}${names.length > 0 ? `?${names.join('&')}` : ''}`,
    ...(withWhat.length > 0 ? [`with ${withWhat.join(' and ')}`] : []),
  ].join(' ')
}
