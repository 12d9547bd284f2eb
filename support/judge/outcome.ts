import type { NotApplicable } from '../errors'
import { isNoAnswer, isUnanswered } from '../exchange/no-answer'
import { isRaced } from '../exchange/raced'
import { type Exchange, exchangeOf, isAccepted, isWrite, summarise } from '../exchange/record'
import { SetupFailure } from '../fixtures/set-up'
import { LEVELS, type Level, type Seen } from '../matchers/seen'
import type { Outcome } from './verdict'

/** All that a test has to say of the store when it has ended. */
export interface Ended {
  /** The assertions that failed, in their order, as Vitest has serialised them. */
  readonly failed: readonly unknown[]
  /** What ended the test early: a plainly awaited request that was refused, or a mistake. */
  readonly thrown?: unknown
  /** What the test sent, and what its fixtures and matchers did. */
  readonly exchanges: readonly Exchange[]
  /** What has changed behind a refusal, where the test did not get to look. */
  readonly behind?: readonly string[]
}

/**
 * Tells what a test's end says about the store. Only a failed assertion is a difference, and the refusal of a request
 * that the spec awaits plainly: by awaiting it the spec says that S3 accepts it. What is thrown after a failed assertion
 * (a TypeError on something undefined) belongs to it. Every other exception is a fault of the suite.
 */
export function outcomeOf({ failed, thrown, exchanges, behind = [] }: Ended): Outcome {
  const errors = [thrown].flatMap(unwrapped)
  if (failed.length === 0 && errors.length === 0) return { kind: 'held' }

  const silent = unansweredIn(errors, exchanges)
  if (silent && !failed.some((error) => seenBy(error)?.certain)) return { kind: 'no answer', observed: silent }
  const lacking = [...failed, ...errors].find(isNotApplicable)
  if (lacking && failed.every(isNotApplicable)) {
    return { kind: 'not applicable', capability: lacking.capability, reason: lacking.message }
  }
  const setUp = errors.find((error) => error instanceof SetupFailure)
  if (setUp) return { kind: 'set-up failed' }

  const seen = [
    ...failed.filter((error) => !isNotApplicable(error)).map(seenBy),
    ...errors.map((error) => refusedBy(error) ?? seenBy(error)),
  ].filter((one): one is SeenHere => one !== undefined)
  if (seen.length === 0) return { kind: 'set-up failed' }
  return differed(seen, exchanges, behind)
}

/** Also as Vitest has serialised it. */
function isNotApplicable(error: unknown): error is Pick<NotApplicable, 'capability' | 'message'> {
  return (error as Error | undefined)?.name === 'NotApplicable'
}

interface SeenHere extends Seen {
  readonly bare?: true
  readonly wanted?: string
}

function differed(seen: readonly SeenHere[], exchanges: readonly Exchange[], behind: readonly string[]): Outcome {
  const sent = exchanges.filter(({ by, response }) => by === 'spec' && response)
  const last = sent.at(-1)
  const answers = sent.map(summarise)
  const parts = seen.map(({ observed }) => observed)
  // What a look has seen means nothing without the answer before it.
  const isAboutAnAnswer = parts.some((part) => answers.some((answer) => part.startsWith(answer)))
  const isTogether = seen.some(({ together }) => together)
  // Which of those that race is answered last is a matter of luck.
  const isToBeSaid = last && !isAboutAnAnswer && !isTogether && !sent.some(isRaced)
  const observed = [...(isToBeSaid ? [summarise(last)] : []), ...parts, ...behind]
  const write = sent.findLast(isWrite)
  const writes = write && isRaced(write) ? sent.filter(isRaced) : [write ?? []].flat()
  const refused = writes.length > 0 && !writes.some(isAccepted)
  // That a refused write is not there is no more than the refusal.
  const levels = seen.map(({ level, unchanged }) => (unchanged && refused ? 'answer' : level))
  return {
    kind: 'differed',
    observed: [...new Set(observed)].join('; '),
    level: worst([...levels, ...behind.map(() => 'data' as const)]),
    ...wantedIn(seen),
    ...(seen.some(({ bare }) => bare) && { bare: true }),
  }
}

/** What Amazon S3 does, by the first of the assertions that failed. */
function wantedIn(seen: readonly SeenHere[]): { wanted?: string } {
  const { wanted } = seen.find((one) => one.wanted !== undefined) ?? {}
  return wanted === undefined ? {} : { wanted }
}

function worst(levels: readonly Level[]): Level {
  return LEVELS.find((level) => levels.includes(level)) ?? 'detail'
}

/** Vitest throws several errors at once as a list. */
function unwrapped(error: unknown): unknown[] {
  if (error === undefined) return []
  if (Array.isArray(error)) return error.flatMap(unwrapped)
  return error instanceof AggregateError && !isNoAnswer(error) ? error.errors.flatMap(unwrapped) : [error]
}

/** The request to which nothing was said about the store: one of the spec's, or one that a fixture or matcher gave up. */
function unansweredIn(errors: readonly unknown[], exchanges: readonly Exchange[]): string | undefined {
  const own = exchanges.find((exchange) => exchange.by === 'spec' && isUnanswered(exchange))
  if (own) return summarise(own)
  const givenUp = exchanges.find(
    (exchange, n) => exchange.by !== 'spec' && isUnanswered(exchange) && !exchanges.slice(n + 1).some(isSame(exchange)),
  )
  if (givenUp) return summarise(givenUp)
  const broken = errors.find(isNoAnswer)
  return broken === undefined ? undefined : `no answer: ${(broken as Error).message}`
}

const isSame = (one: Exchange) => (other: Exchange) =>
  other.by === one.by && other.operation === one.operation && other.request.path === one.request.path

/** A refusal of the spec's own request, or an answer to it that the SDK cannot read. */
function refusedBy(error: unknown): SeenHere | undefined {
  const exchange = exchangeOf(error)
  if (exchange?.by !== 'spec') return undefined
  const summary = summarise(exchange)
  const unread = isAccepted(exchange) ? `${summary}, which the SDK could not read` : summary
  return { observed: unread, level: 'answer', wanted: 'the request is accepted with 200' }
}

interface Failed {
  readonly name?: string
  readonly message?: string
  readonly __vitest_error_context__?: { meta?: Partial<Seen> }
}

/** What a failed assertion saw; undefined for an error that is not a failed assertion. */
function seenBy(error: unknown): SeenHere | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { name, message = '', __vitest_error_context__: context } = error as Failed
  const { observed, level, unchanged, together, certain } = context?.meta ?? {}
  const wanted = /^Amazon S3: (.*)$/m.exec(message)?.[1]
  if (observed !== undefined && level !== undefined) {
    return {
      observed,
      level,
      ...(unchanged && { unchanged }),
      ...(wanted && { wanted }),
      ...(together && { together }),
      ...(certain && { certain }),
    }
  }
  if (context || name === 'AssertionError') return { observed: stable(message), level: 'detail', bare: true }
  // The SDK compares the bytes of an object with the checksum that the store has sent with them.
  if (/^Checksum mismatch/i.test(message)) return { observed: 'its checksum is not that of its bytes', level: 'detail' }
  return undefined
}

/** The first line of an assertion's message without what differs from run to run: tags, dates, ids, names. */
function stable(message: string): string {
  return (message.split('\n')[0] ?? '')
    .replace(/\\?"?[0-9a-f]{32}(-\d+)?\\?"?/g, '<entity tag>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<date>')
    .replace(/'[^']{24,}'|"[^"]{24,}"/g, '<text>')
}
