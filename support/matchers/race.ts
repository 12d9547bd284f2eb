import type { DeleteObjectsCommandOutput } from '@aws-sdk/client-s3'
import { before, difference, lookAgain } from '../fixtures/objects'
import { canonical, type Expectation, type KeyContent } from '../observation'
import { isTransient } from '../wire/no-response'
import { isAccepted } from '../wire/record'
import { compareKey, type Result, responded, result, type Settled, settle, unreadable } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * Exactly one of these requests succeeds. DeleteObjects counts as successful only if it deletes at least one key.
     */
    toHaveOneWinner(): Promise<T>
    /**
     * Every losing request that gets a response fails with one of the two errors that AWS documents for the loser of a
     * race: 412 PreconditionFailed or 409 ConditionalRequestConflict.
     */
    toHaveLosersOf412Or409(): Promise<T>
    /**
     * The key's current object contains exactly the bytes that the successful request sent. `bodies` has one element
     * per request. The element for a delete is undefined. If a delete succeeds, no object may exist afterwards.
     */
    toHaveBodyOfWinner(requests: readonly Promise<unknown>[], bodies: readonly (string | undefined)[]): Promise<T>
    /** The key has gained exactly one version or delete marker since its fixture was set up. */
    toHaveGainedOneVersion(): Promise<T>
  }
}

const DOCUMENTED: Readonly<Record<number, string>> = { 412: 'PreconditionFailed', 409: 'ConditionalRequestConflict' }

const isWinner = ({ exchange, output }: Settled) =>
  isAccepted(exchange) && (exchange.operation !== 'DeleteObjects' || hasDeleted(output as DeleteObjectsCommandOutput))
/** Checks the list of deleted keys, because DeleteObjects returns status 200 even if all of its entries fail. */
const hasDeleted = ({ Deleted = [] }: DeleteObjectsCommandOutput) => Deleted.length > 0
/** Whether a request got a transient error or no response, so that its outcome is unknown. */
const isSilent = ({ exchange }: Settled) => isTransient(exchange)

// The observations omit the winners and their number, because both differ from round to round.

export async function toHaveOneWinner(requests: readonly unknown[]): Promise<Result> {
  const settled = await Promise.all(requests.map(settle))
  const winners = settled.filter(isWinner).length
  const silent = settled.find(isSilent)
  const expected: Expectation = { kind: 'one winner', requests: requests.length }
  if (winners > 1) {
    const note = `${winners} of ${requests.length}`
    return result(false, expected, [{ kind: 'race', winners: 'several' }], 'data', { certain: true, note })
  }
  if (silent) return result(false, expected, [responded(silent.response)], 'status')
  return result(winners === 1, expected, [{ kind: 'race', winners: 'none' }], 'status')
}

export async function toHaveLosersOf412Or409(requests: readonly unknown[]): Promise<Result> {
  const settled = await Promise.all(requests.map(settle))
  // Requests without a response are reported by toHaveOneWinner.
  const losers = settled.filter((one) => !isWinner(one) && !isSilent(one)).map(({ response }) => response)
  const errors = Object.entries(DOCUMENTED).map(([status, code]) => `${status} ${code}`)
  const undocumented = losers.filter(({ status = 0 }) => !(status in DOCUMENTED))
  const uncoded = losers.filter(({ status = 0, code }) => DOCUMENTED[status] !== code)
  const wrong = undocumented.length > 0 ? undocumented : uncoded
  // If losers fail in different ways, only the first failure in canonical order is recorded, so that the order of the
  // responses does not matter.
  const observed = canonical(wrong.map((response) => ({ kind: 'loser', ...response }))).slice(0, 1)
  const severity = undocumented.length > 0 ? 'status' : 'detail'
  return result(wrong.length === 0, { kind: 'losers', errors }, observed, severity)
}

export async function toHaveBodyOfWinner(
  subject: object,
  requests: readonly unknown[],
  bodies: readonly (string | undefined)[],
): Promise<Result> {
  const settled = await Promise.all(requests.map(settle))
  const expected: Expectation = { kind: 'body sent by the winner' }
  try {
    const was = before(subject)
    const is = await lookAgain(subject)
    const unchanged = difference(was, is) === undefined
    const found = (pass: boolean, holds: KeyContent) => {
      return result(pass, expected, [{ kind: 'object', holds }], 'data', { ...(!pass && { certain: true }) })
    }
    const isByOneOf = (some: readonly Settled[]) => some.some((one) => isWinner(one) || isSilent(one))
    // If there are several winners, the bytes of any one of them are accepted, because toHaveOneWinner already reports
    // that several requests won.
    if (typeof is.current === 'string') {
      const isDeleted = isByOneOf(settled.filter((_, n) => bodies[n] === undefined))
      return found(isDeleted || (!settled.some(isWinner) && unchanged), is.current)
    }
    if (!settled.some(isWinner) && unchanged) return found(true, 'bytes from before')

    const by = settled[bodies.indexOf(is.current.body)]
    if (by && isByOneOf([by])) return found(true, 'object')
    return found(false, by ? 'bytes of a failed writer' : unchanged ? 'bytes from before' : 'bytes that no writer sent')
  } catch (error) {
    return unreadable(expected, error)
  }
}

export async function toHaveGainedOneVersion(subject: object): Promise<Result> {
  return compareKey(subject, { kind: 'one version more' }, ({ versions }) => {
    const gained = versions.length - before(subject).versions.length
    return [gained === 1, [{ kind: 'versions', gained: gained > 1 ? 'several' : 'none' }]]
  })
}
