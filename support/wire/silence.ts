import { isClosed, isNoAnswer, SilentOperation } from './no-response'

/** What of a request tells one kind of operation from another. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
}

/** How often a store may give no response to a kind of operation before it is not sent again. */
const ATTEMPTS = 2

/** What each store has done with a kind of operation so far, by endpoint and kind. */
const kinds = new Map<string, { silent: number; hasResponded: boolean }>()

/** When each store has last responded to anything, by endpoint. */
const responded = new Map<string, number>()

/**
 * Sends a request, unless the store never responds to requests of its kind: after two without a response, and none with
 * one, a third is not sent. A store that does not know one operation must not delay a run at each of its requests. A
 * request without a response counts only if the store closes the connection, or responds to another one while the second
 * half of the time passes, a ping or any other: if the machine stands still, nothing is said about the store.
 * @param endpoint the store; what it does says nothing about another one
 * @param timeoutMs how long the response may take
 * @throws SilentOperation if the request is not sent; else what `send` throws
 */
export async function unlessSilent<T>(
  endpoint: string,
  sent: Sent,
  timeoutMs: number,
  send: () => Promise<T>,
): Promise<T> {
  const kind = kindOf(sent)
  const key = `${endpoint} ${kind}`
  const known = kinds.get(key) ?? { silent: 0, hasResponded: false }
  kinds.set(key, known)
  if (!known.hasResponded && known.silent >= ATTEMPTS) {
    throw new SilentOperation(`${kind} got no response ${known.silent} times and is not sent again.`)
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
    if (isClosed(error) || (isAlive && isNoAnswer(error))) known.silent++
    throw error
  } finally {
    clearTimeout(ping)
  }
}

/** Headers that select another operation, or a part of the store that can be missing: the encryption, the source of a copy. */
const TELLING = ['x-amz-copy-source', 'x-amz-rename-source', 'x-amz-server-side-encryption-customer-algorithm']

/**
 * The kind of an operation: `PUT key with aws:kms`, `GET bucket?versions`. Conditions are no part of it: a store that
 * cannot cope with a condition responds to the operation without it.
 */
export function kindOf({ method, path, query = {}, headers }: Sent): string {
  const depth = path.split('/').filter(Boolean).length
  const on = ['service', 'bucket'][depth] ?? 'key'
  const names = Object.keys(query)
    .filter((name) => !/^x-amz-|^x-id$|marker|prefix|max-/i.test(name))
    .sort()
  const withWhat = [
    headers['x-amz-server-side-encryption'],
    ...TELLING.filter((name) => name in headers),
    on === 'bucket' && method === 'PUT' && names.length === 0 && Number(headers['content-length'] ?? 0) > 0 && 'a body',
  ].filter(Boolean)
  return [
    `${method} ${on}${names.length > 0 ? `?${names.join('&')}` : ''}`,
    ...(withWhat.length > 0 ? [`with ${withWhat.join(' and ')}`] : []),
  ].join(' ')
}
