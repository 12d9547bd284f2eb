import { type Exchange, exchangeOf, isAccepted, summarise } from '../exchange/record'
import type { Level, Seen } from './seen'

/** What a matcher comes to. */
export interface Result {
  pass: boolean
  message: () => string
  meta: Seen
}

/**
 * @param expected what Amazon S3 does, as the rest of a sentence
 * @param observed what the store did, in words that are the same in every run
 */
export function result(pass: boolean, expected: string, observed: string, level: Level, unchanged?: boolean): Result {
  const meta = { observed, level, ...(unchanged !== undefined && { unchanged }) }
  return { pass, message: () => `Amazon S3: ${expected}\nThis store: ${observed}`, meta }
}

/** What became of a request that was sent: an answer or a refusal, as it went over the wire, and in a few words. */
export interface Settled {
  summary: string
  exchange: Exchange
  /** The status on the wire; the SDK makes 503 of a refusal inside a 200. */
  status?: number
  refusal?: Error
}

/**
 * Waits for a request that a spec has sent.
 * @throws what the SDK threw without having sent a request, and TypeError for anything but a request
 */
export async function settle(sent: unknown): Promise<Settled> {
  const { value, refusal } = await Promise.resolve(sent).then(
    (value) => ({ value, refusal: undefined }),
    (error: Error) => ({ value: error, refusal: error }),
  )
  const exchange = exchangeOf(value)
  if (!exchange) throw refusal ?? new TypeError('This matcher takes what s3.send(…) returned.')
  const unread = refusal !== undefined && isAccepted(exchange)
  const summary = `${summarise(exchange)}${unread ? ', which the SDK could not read' : ''}`
  return { summary, exchange, status: exchange.response?.status, ...(refusal && { refusal }) }
}

/**
 * What a look comes to that the store has refused.
 * @throws what is no answer of the store
 */
export function cannotBeLookedAt(expected: string, error: unknown): Result {
  const exchange = exchangeOf(error)
  if (!exchange) throw error
  return result(false, expected, `it cannot be looked at: ${summarise(exchange)}`, 'answer')
}
