import { isUnanswered } from '../exchange/no-answer'
import { element, isAccepted, summarise } from '../exchange/record'
import { before, difference, lookAgain } from '../fixtures/objects'
import { cannotBeLookedAt, type Result, result, type Settled, settle } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /** Of these requests exactly one is accepted; whatever the others are answered is a refusal. */
    toHaveOneWinner(): Promise<T>
    /**
     * Of these writes all that are refused are refused in one of the two ways that S3 documents for whoever loses a
     * race: 412 PreconditionFailed, or 409 ConditionalRequestConflict, which S3 gives at its own discretion.
     */
    toHaveLosersOf412Or409(): Promise<T>
    /** The key's current object has the bytes of the write that was accepted, all of them and no others. */
    toHoldTheWinner(writes: readonly Promise<unknown>[], bodies: readonly string[]): Promise<T>
    /** The key has one version, or one delete marker, more than when its fixture was done. */
    toHaveGainedOneVersion(): Promise<T>
  }
}

const DOCUMENTED: Readonly<Record<number, string>> = { 412: 'PreconditionFailed', 409: 'ConditionalRequestConflict' }

const isWinner = ({ exchange }: Settled) => isAccepted(exchange)
/** Nobody knows of such a caller whether it has won. */
const isSilent = ({ exchange }: Settled) => isUnanswered(exchange)

// How many callers of a store have won, and what with, differs from run to run: what is observed does not say it.

export async function toHaveOneWinner(sent: readonly unknown[]): Promise<Result> {
  const settled = await Promise.all(sent.map(settle))
  const winners = settled.filter(isWinner).length
  const silent = settled.find(isSilent)
  const expected = `of ${sent.length} callers one wins, and the others are refused.`
  if (winners > 1) {
    const { pass, message, meta } = result(false, expected, 'several callers won', 'data')
    return { pass, message: () => `${message()}: ${winners} of ${sent.length}`, meta: { ...meta, certain: true } }
  }
  if (silent) return result(false, expected, `to one of the callers ${summarise(silent.exchange)}`, 'answer')
  return result(winners === 1, expected, 'nobody won', 'answer')
}

export async function toHaveLosersOf412Or409(sent: readonly unknown[]): Promise<Result> {
  const settled = await Promise.all(sent.map(settle))
  // A store that does not answer is found out by toHaveOneWinner.
  const losers = settled.filter((one) => !isWinner(one) && !isSilent(one)).map(({ exchange }) => exchange)
  const expected = 'every loser is refused with 412 PreconditionFailed or 409 ConditionalRequestConflict.'
  const undocumented = losers.filter(({ response }) => !response || !(response.status in DOCUMENTED))
  const uncoded = losers.filter((loser) => DOCUMENTED[loser.response?.status ?? 0] !== element(loser, 'Code'))
  // One way to be refused is named, the same one in every run.
  const [worst] = (undocumented.length > 0 ? undocumented : uncoded).map(summarise).sort()
  const observed = worst ? `a loser: ${worst}` : 'every loser is refused in a documented way'
  return result(!worst, expected, observed, undocumented.length > 0 ? 'answer' : 'detail')
}

export async function toHoldTheWinner(
  subject: object,
  writes: readonly unknown[],
  bodies: readonly string[],
): Promise<Result> {
  const settled = await Promise.all(writes.map(settle))
  const expected = 'the key holds the bytes of the caller who won, all of them and no others.'
  try {
    const was = before(subject)
    const is = await lookAgain(subject)
    const unchanged = difference(was, is) === undefined
    if (!settled.some(isWinner) && unchanged) return result(true, expected, 'nobody won', 'data')

    const sender = typeof is.current === 'string' ? -1 : bodies.indexOf(is.current.body)
    const by = settled[sender]
    // Of several winners each has been told that it is there, and so it is another matcher's to say what was lost.
    if (by && (isWinner(by) || isSilent(by))) return result(true, expected, 'the bytes of a winner', 'data')
    const held =
      typeof is.current === 'string'
        ? is.current
        : by
          ? 'the bytes of a caller who was refused'
          : unchanged
            ? 'what it held before'
            : 'bytes that no caller has sent'
    const { pass, message, meta } = result(false, expected, `it holds ${held}`, 'data')
    return { pass, message, meta: { ...meta, certain: true } }
  } catch (error) {
    return cannotBeLookedAt(expected, error)
  }
}

export async function toHaveGainedOneVersion(subject: object): Promise<Result> {
  const expected = 'the key has one version or delete marker more than before.'
  try {
    const was = before(subject)
    const is = await lookAgain(subject)
    const gained = is.versions.length - was.versions.length
    const observed = gained > 1 ? 'it has gained several versions' : 'it has gained no version'
    return result(gained === 1, expected, observed, 'data', difference(was, is) === undefined)
  } catch (error) {
    return cannotBeLookedAt(expected, error)
  }
}
