import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { S3ServiceException } from '@aws-sdk/client-s3'
import { exchangeOf, summarise } from '../exchange/record'
import {
  type Address,
  before,
  difference,
  listParts,
  lookAgain,
  type StoredObject,
  type Upload,
} from '../fixtures/objects'

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
  /** Of a 416: the range as it was sent. */
  RangeRequested?: string
  /** Of a 416: bytes of the whole object. */
  ActualObjectSize?: string
}

export interface S3Matchers<R = unknown> {
  /**
   * The request is refused with this status, error code and details. A refused HEAD has no body, and so neither code
   * nor details: there the status alone counts.
   */
  toBeRefused(status: number, code: string, details?: RefusalDetails): Promise<R>
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
  /** An entity tag, in quotes, that is the MD5 of these bytes, as S3 gives it to an object stored in one piece. */
  toBeETagOf(body: string): R
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> extends S3Matchers<T> {}
}

interface Result {
  pass: boolean
  message: () => string
  /** `observed`: what the store did, in words that are the same in every run; this is what gets pinned. */
  meta: { observed: string }
}

function result(pass: boolean, expected: string, observed: string): Result {
  return { pass, message: () => `Amazon S3: ${expected}\nThis store: ${observed}`, meta: { observed } }
}

/** What became of a request that was sent: an answer or a refusal. Anything else is not the store's and is thrown. */
async function settle(sent: unknown): Promise<{ summary: string; refusal?: S3ServiceException }> {
  try {
    const answer = (await sent) as { $metadata?: { httpStatusCode?: number } } | undefined
    if (!answer?.$metadata) throw new TypeError('This matcher takes what s3.send(…) returned.')
    return { summary: `accepted with ${answer.$metadata.httpStatusCode}` }
  } catch (error) {
    const exchange = exchangeOf(error)
    if (!(error instanceof S3ServiceException) || !exchange) throw error
    return { summary: summarise(exchange), refusal: error }
  }
}

async function toBeRefused(sent: unknown, status: number, code: string, details: RefusalDetails = {}): Promise<Result> {
  const { summary, refusal } = await settle(sent)
  const wanted = Object.entries(details).map(([name, value]) => `${name}: ${value}`)
  const expected = `the request is refused with ${[status, code, ...wanted].join(', ')}.`
  if (!refusal) return result(false, expected, summary)

  const exchange = exchangeOf(refusal)
  if (refusal.$metadata.httpStatusCode !== status) return result(false, expected, summary)
  if (exchange?.request.method === 'HEAD') return result(true, expected, summary)
  if (refusal.name !== code) return result(false, expected, summary)
  // The SDK makes properties of the elements, and its `message` of Message.
  const answered: Record<string, unknown> = { ...refusal, Message: refusal.message }
  const wrong = Object.entries(details).filter(([name, value]) => answered[name] !== value)
  const differing = wrong.map(([name]) => (answered[name] ? `another ${name}` : `no ${name}`))
  return result(wrong.length === 0, expected, `${summary}, ${differing.join(', ')}`)
}

async function toBeNotModified(sent: unknown): Promise<Result> {
  const { summary, refusal } = await settle(sent)
  return result(refusal?.$metadata.httpStatusCode === 304, 'the answer is 304 Not Modified.', summary)
}

export const matchers = {
  toBeRefused,
  toBeNotModified,

  async toGetAnAnswer(sent: unknown) {
    const { summary } = await settle(sent)
    return result(true, 'some answer.', summary)
  },

  async toCarryHeaders(sent: unknown, headers: Record<string, string | undefined>) {
    const { summary, refusal } = await settle(sent)
    const expected = `the answer carries ${Object.entries(headers)
      .map(([name, value]) => (value === undefined ? `no ${name}` : `${name}: ${value}`))
      .join(', ')}.`
    if (!refusal) return result(false, expected, summary)
    const carried: Record<string, string | undefined> = refusal.$response?.headers ?? {}
    const wrong = Object.entries(headers).filter(([name, value]) => carried[name] !== value)
    const differing = wrong.map(([name, value]) =>
      value === undefined ? `with ${name}` : carried[name] === undefined ? `without ${name}` : `with another ${name}`,
    )
    return result(wrong.length === 0, expected, `${summary} ${differing.join(' and ')}`)
  },

  async toBeAnswered(sent: unknown, answer: string) {
    const [status, condition] = answer.split(' ')
    if (status === '304') return toBeNotModified(sent)
    if (status === '412') return toBeRefused(sent, 412, 'PreconditionFailed', { Condition: condition })
    const { summary } = await settle(sent)
    return result(summary === `accepted with ${status}`, `the request is accepted with ${status}.`, summary)
  },

  async toBeUntouched(subject: object) {
    const changed = difference(before(subject), await lookAgain(subject))
    return result(changed === undefined, 'what the key holds is untouched.', changed ?? 'it is untouched')
  },

  async toHoldObject(subject: Address, body: string) {
    const { current } = await lookAgain(subject)
    const expected = `the key now holds ${JSON.stringify(body)}.`
    if (typeof current === 'string') return result(false, expected, `it holds ${current}`)
    return result(current.body === body, expected, 'it holds other bytes')
  },

  async toHoldNothing(subject: Address) {
    const state = await lookAgain(subject)
    const held = typeof state.current === 'string' ? state.current : 'an object'
    const empty = held === 'nothing' && state.versions.length === 0
    return result(empty, 'nothing was stored at the key.', `it holds ${held} and ${state.versions.length} versions`)
  },

  async toHaveVersions(subject: Address | StoredObject, versions: number, deleteMarkers = 0) {
    const { versions: all } = await lookAgain(subject)
    const say = (versions: number, markers: number) => `${versions} versions and ${markers} delete markers`
    const markers = all.filter(({ marker }) => marker).length
    const observed = say(all.length - markers, markers)
    const wanted = say(versions, deleteMarkers)
    return result(observed === wanted, `the key has ${wanted}.`, `it has ${observed}`)
  },

  async toHaveParts(upload: Upload, numbers: number[]) {
    const has = await listParts(upload)
    return result(
      isDeepStrictEqual(has, numbers),
      `the upload has the parts ${JSON.stringify(numbers)}.`,
      has ? `it has the parts ${JSON.stringify(has)}` : 'it is gone',
    )
  },

  toBeETagOf(received: unknown, body: string) {
    const md5 = `"${createHash('md5').update(body).digest('hex')}"`
    const observed =
      received === undefined ? 'no entity tag' : received === md5.slice(1, -1) ? 'without quotes' : 'another entity tag'
    return result(received === md5, `the entity tag is ${md5}, the MD5 of the bytes, in quotes.`, observed)
  },
}
