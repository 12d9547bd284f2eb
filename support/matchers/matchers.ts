import { isDeepStrictEqual } from 'node:util'
import { type Exchange, element, isWrite } from '../exchange/record'
import { before, difference, type KeyState, lookAgain } from '../fixtures/objects'
import { listParts, partsBefore, type Upload } from '../fixtures/uploads'
import { toAnswerWith } from './answer-with'
import { toComeTo } from './come-to'
import { toDelete, toDeleteNothing } from './deletes'
import { toBeETagOf } from './etag'
import { toHaveGainedOneVersion, toHaveLosersOf412Or409, toHaveOneWinner, toHoldTheWinner } from './race'
import { cannotBeLookedAt, type Result, result, settle } from './result'
import { waitedFor } from './running'
import type { Level } from './seen'

/** Elements of a refusal's XML beside its Code. */
export interface RefusalDetails {
  Message?: string
  /** Of a 412 or 409: name of the header whose precondition did not hold, as S3 writes it. */
  Condition?: string
  /** Of a 501: name of the header (or headers, with a comma) that S3 does not implement here. */
  Header?: string
  /** Of a 501: why. S3 writes it with a small letter. */
  additionalMessage?: string
  /** Of a 404 or 409: the key that it is about. */
  Key?: string
  /** Of a 405: what was tried, `GET`. */
  Method?: string
  /** Of a 405: what it was tried on, `DeleteMarker`. */
  ResourceType?: string
  /** Of a 403: names of headers that were sent and that the signature does not cover. */
  HeadersNotSigned?: string
  /** Of a 416: the range as it was sent. */
  RangeRequested?: string
  /** Of a 416: bytes of the whole object. */
  ActualObjectSize?: string
}

export interface S3Matchers<R = unknown> {
  /**
   * The request is refused with this status, error code and details. A refused HEAD has no body, and so neither code
   * nor details: there the status alone counts. What no source says is left out, and then not looked at.
   */
  toBeRefused(status?: number, code?: string, details?: RefusalDetails): Promise<R>
  /** The answer to a read is 304. That it has no body cannot be seen: Node's HTTP client drops what comes behind it. */
  toBeNotModified(): Promise<R>
  /** There is an answer, whichever: for requests to which nobody knows what S3 answers. */
  toGetAnAnswer(): Promise<R>
  /** The refusal, or the 304, carries these headers; `undefined` says that it does not carry one. Lower-case names. */
  toCarryHeaders(headers: Record<string, string | undefined>): Promise<R>
  /**
   * The request is accepted with this status (`'200'`, `'206'`), not modified (`'304'`), or refused by a precondition
   * (`'412 If-Match'`, with the Condition as S3 writes it).
   */
  toBeAnswered(answer: `2${number}` | '304' | `412 ${string}`): Promise<R>
  /** Bytes, entity tag, Last-Modified, metadata and versions are what they were when the fixture was done. */
  toBeUntouched(): Promise<R>
  /** The key's current object has exactly this text as its bytes. */
  toHoldObject(body: string): Promise<R>
  /** There is no object, no version and no delete marker at the key. */
  toHoldNothing(): Promise<R>
  /** The key has exactly so many versions, the current one among them, and so many delete markers. */
  toHaveVersions(versions: number, deleteMarkers?: number): Promise<R>
  /** The upload is still there and has exactly the parts of these numbers. */
  toHaveParts(numbers: number[]): Promise<R>
  /**
   * An entity tag, in quotes, that is the MD5 of these bytes, as S3 gives it to an object stored in one piece. Where
   * objects are encrypted with SSE-KMS the check does not apply.
   */
  toBeETagOf(body: string): R
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> extends S3Matchers<T> {}
}

/** How bad it is that a request is accepted although Amazon S3 refuses it. */
function levelOfAcceptance(exchange: Exchange): Level {
  return isWrite(exchange) ? 'data' : 'answer'
}

async function toBeRefused(
  sent: unknown,
  status?: number,
  code?: string,
  details: RefusalDetails = {},
): Promise<Result> {
  const settled = await settle(sent)
  const { summary, exchange, refusal } = settled
  const wanted = Object.entries(details).map(([name, value]) => `${name}: ${value}`)
  const answer = [status, code, ...wanted].filter(Boolean).join(', ')
  const expected = `the request is refused${answer && ` with ${answer}`}.`
  if (!refusal) return result(false, expected, summary, levelOfAcceptance(exchange))

  if (status !== undefined && settled.status !== status) return result(false, expected, summary, 'answer')
  if (exchange.request.method === 'HEAD') return result(true, expected, summary, 'detail')
  const wrong = Object.entries({ Code: code, ...details }).flatMap(([name, value]) => {
    const answered = element(exchange, name)
    if (value === undefined || answered === value) return []
    return answered ? `another ${name}` : `no ${name}`
  })
  // A code that is not the one wanted stands in the summary.
  const observed = [summary, ...wrong.filter((difference) => difference !== 'another Code')].join(', ')
  return result(wrong.length === 0, expected, observed, 'detail')
}

async function toBeNotModified(sent: unknown): Promise<Result> {
  const { summary, status } = await settle(sent)
  return result(status === 304, 'the answer is 304 Not Modified.', summary, 'answer')
}

/** Looks at what a fixture has made; that the store refuses the look is what is observed then. */
async function looked(
  subject: object,
  expected: string,
  compare: (state: KeyState) => [boolean, string],
): Promise<Result> {
  try {
    const state = await lookAgain(subject)
    const [pass, observed] = compare(state)
    return result(pass, expected, observed, 'data', difference(before(subject), state) === undefined)
  } catch (error) {
    return cannotBeLookedAt(expected, error)
  }
}

const unwatched = {
  toAnswerWith,
  toDelete,
  toDeleteNothing,
  toComeTo,
  toBeRefused,
  toBeNotModified,
  toHaveOneWinner,
  toHaveLosersOf412Or409,
  toHaveGainedOneVersion,
  toHoldTheWinner,

  async toGetAnAnswer(sent: unknown) {
    const { summary, exchange } = await settle(sent)
    return result(exchange.response !== undefined, 'some answer.', summary, 'answer')
  },

  async toCarryHeaders(sent: unknown, headers: Record<string, string | undefined>) {
    const { summary, exchange, headers: carried } = await settle(sent)
    const expected = `the answer carries ${Object.entries(headers)
      .map(([name, value]) => (value === undefined ? `no ${name}` : `${name}: ${value}`))
      .join(', ')}.`
    if (!carried) return result(false, expected, summary, levelOfAcceptance(exchange))
    const differing = Object.entries(headers).flatMap(([name, value]) => {
      if (carried[name] === value) return []
      if (value === undefined) return `with ${name}`
      return carried[name] === undefined ? `without ${name}` : `with another ${name}`
    })
    return result(differing.length === 0, expected, `${summary} ${differing.join(' and ')}`, 'detail')
  },

  async toBeAnswered(sent: unknown, answer: string) {
    const [status, condition] = answer.split(' ')
    if (status === '304') return toBeNotModified(sent)
    if (status === '412') return toBeRefused(sent, 412, 'PreconditionFailed', { Condition: condition })
    const settled = await settle(sent)
    const pass = settled.refusal === undefined && settled.status === Number(status)
    return result(pass, `the request is accepted with ${status}.`, settled.summary, 'answer')
  },

  async toBeUntouched(subject: object) {
    return looked(subject, 'what the key holds is untouched.', (state) => {
      const changed = difference(before(subject), state)
      return [changed === undefined, changed ?? 'it is untouched']
    })
  },

  async toHoldObject(subject: object, body: string) {
    const shown = body.length > 80 ? `${JSON.stringify(body.slice(0, 80))}…` : JSON.stringify(body)
    return looked(subject, `the key now holds ${shown}.`, ({ current }) => {
      if (typeof current === 'string') return [false, `it holds ${current}`]
      return [current.body === body, 'it holds other bytes']
    })
  },

  async toHoldNothing(subject: object) {
    return looked(subject, 'nothing was stored at the key.', ({ current, versions }) => {
      const held = typeof current === 'string' ? current : 'an object'
      return [held === 'nothing' && versions.length === 0, `it holds ${held} and ${versions.length} versions`]
    })
  },

  async toHaveVersions(subject: object, versions: number, deleteMarkers = 0) {
    const say = (versions: number, markers: number) => `${versions} versions and ${markers} delete markers`
    const wanted = say(versions, deleteMarkers)
    return looked(subject, `the key has ${wanted}.`, ({ versions: all }) => {
      const markers = all.filter(({ marker }) => marker).length
      const observed = say(all.length - markers, markers)
      return [observed === wanted, `it has ${observed}`]
    })
  },

  async toHaveParts(upload: Upload, numbers: number[]) {
    const expected = `the upload has the parts ${JSON.stringify(numbers)}.`
    try {
      const has = await listParts(upload)
      const observed = has ? `it has the parts ${JSON.stringify(has)}` : 'it is gone'
      return result(
        isDeepStrictEqual(has, numbers),
        expected,
        observed,
        'data',
        isDeepStrictEqual(has, partsBefore(upload)),
      )
    } catch (error) {
      return cannotBeLookedAt(expected, error)
    }
  },

  toBeETagOf,
}

/** The runner waits for every matcher, whether or not a spec does. */
export const matchers = Object.fromEntries(
  Object.entries(unwatched).map(([name, matcher]) => [
    name,
    function (this: unknown, ...args: unknown[]) {
      const outcome = (matcher as (...args: unknown[]) => Result | Promise<Result>).apply(this, args)
      return outcome instanceof Promise ? waitedFor(outcome) : outcome
    },
  ]),
) as typeof unwatched
