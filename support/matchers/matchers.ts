import { isDeepStrictEqual } from 'node:util'
import { before, difference, type KeyState, lookAgain, versionsIn } from '../fixtures/objects'
import { listParts, partsBefore, type Upload } from '../fixtures/uploads'
import { type Expectation, isSame, type Observation } from '../observation'
import { type ErrorElement, isWrite } from '../wire/record'
import { toComeTo } from './come-to'
import { toDelete, toDeleteNothing } from './deletes'
import { toBeETagOf } from './etag'
import { toHaveOutput } from './output'
import { toHaveBodyOfWinner, toHaveGainedOneVersion, toHaveLosersOf412Or409, toHaveOneWinner } from './race'
import { cannotLook, Mismatch, type Result, responded, result, type Settled, settle } from './result'
import { severityOfSuccess } from './truth'

/** Elements of a refusal's XML beside its Code. */
export interface ErrorDetails {
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

/** What a row of a table expects: a status, or the Condition of a 412. */
export type ExpectedReturn = number | { readonly 412: string }

export interface S3Matchers<R = unknown> {
  /**
   * The request is refused with this status, error code and details. A refused HEAD has no body, and so neither code
   * nor details: there the status alone counts. What no source says is left out, and then not looked at.
   */
  toFailWith(status?: number, code?: string, details?: ErrorDetails): Promise<R>
  /** There is an answer, whichever: for requests to which nobody knows what S3 answers. */
  toGetAnyResponse(): Promise<R>
  /** The refusal, or the 304, carries these headers; `undefined` says that it does not carry one. Lower-case names. */
  toHaveHeaders(headers: Record<string, string | undefined>): Promise<R>
  /**
   * The request returns this status, `200` or `304`. A row of a table can also expect a failed precondition,
   * `{ 412: 'If-Match' }`, with the Condition as S3 writes it. Whether a 304 has a body cannot be seen: Node's HTTP client
   * drops it.
   */
  toReturnStatus(status: ExpectedReturn): Promise<R>
  /** Bytes, entity tag, Last-Modified, metadata and versions are what they were when the fixture was done. */
  toBeUnchanged(): Promise<R>
  /** The key's current object has exactly this text as its bytes. */
  toHaveBody(body: string): Promise<R>
  /** There is no object, no version and no delete marker at the key. */
  toHaveNoObject(): Promise<R>
  /** The key has exactly so many versions, the current one among them, and so many delete markers. */
  toHaveVersions(versions: number, deleteMarkers?: number): Promise<R>
  /** The upload is still there and has exactly the parts of these numbers. */
  toHaveParts(numbers: number[]): Promise<R>
  /**
   * An entity tag, in quotes, that is the MD5 of these bytes, as S3 gives it to an object stored in one piece. Where
   * objects are encrypted with SSE-KMS the check is unsupported.
   */
  toBeETagOf(body: string): R
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> extends S3Matchers<T> {}
}

async function toFailWith(sent: unknown, status?: number, code?: string, details: ErrorDetails = {}): Promise<Result> {
  const settled = await settle(sent)
  const { exchange, response, error } = settled
  const elements = Object.fromEntries(Object.entries(details).filter(([, text]) => text !== undefined))
  const expected: Expectation = { kind: 'failure', ...(status && { status }), ...(code && { code }), elements }
  const observed = [responded(response)]
  if (!error) return succeeded(settled, expected, status)

  if (status !== undefined && response.status !== status) return result(false, expected, observed, 'status')
  if (exchange.request.method === 'HEAD') return result(true, expected, observed, 'detail')
  const wanted = Object.entries({ ...(code && { Code: code }), ...elements }) as [ErrorElement, string][]
  const wrong = wanted.flatMap(([name, text]): Observation[] => {
    const is = exchange.response?.error?.[name]
    if (is === text) return []
    return [{ kind: 'element', operation: response.operation, name, is: is ? 'other' : 'missing' }]
  })
  return result(wrong.length === 0, expected, [...observed, ...wrong], 'detail')
}

/** A request succeeded although it fails on Amazon S3. */
function succeeded({ exchange, response }: Settled, expected: Expectation, status?: number): Result {
  const severity = severityOfSuccess(exchange, status)
  return result(false, expected, [responded(response)], severity, {
    harmless: isWrite(exchange) && severity !== 'data',
  })
}

/** Looks at what a fixture has made. If the store does not let it look, that is what is observed. */
async function looked(
  subject: object,
  expected: Expectation,
  compare: (state: KeyState) => readonly [pass: boolean, observed: readonly Observation[]],
): Promise<Result> {
  try {
    const state = await lookAgain(subject)
    const [pass, observed] = compare(state)
    return result(pass, expected, observed, 'data', { unchanged: difference(before(subject), state) === undefined })
  } catch (error) {
    return cannotLook(expected, error)
  }
}

const plain = {
  toHaveOutput,
  toDelete,
  toDeleteNothing,
  toComeTo,
  toFailWith,
  toHaveOneWinner,
  toHaveLosersOf412Or409,
  toHaveGainedOneVersion,
  toHaveBodyOfWinner,

  async toGetAnyResponse(sent: unknown) {
    const { response } = await settle(sent)
    return result(response.status !== undefined, { kind: 'any response' }, [responded(response)], 'status')
  },

  async toHaveHeaders(sent: unknown, headers: Record<string, string | undefined>) {
    const settled = await settle(sent)
    const { response, headers: carried } = settled
    const wanted = Object.entries(headers).map(([name, value]) => [name, value ?? null])
    const expected: Expectation = { kind: 'headers', headers: Object.fromEntries(wanted) }
    if (!carried) return succeeded(settled, expected)
    const wrong = Object.entries(headers).flatMap(([name, value]): Observation[] => {
      if (carried[name] === value) return []
      const is = value === undefined ? 'unexpected' : carried[name] === undefined ? 'missing' : 'other'
      return [{ kind: 'header', operation: response.operation, name, is }]
    })
    return result(wrong.length === 0, expected, [responded(response), ...wrong], 'detail')
  },

  async toReturnStatus(sent: unknown, answer: ExpectedReturn) {
    if (typeof answer === 'object') return toFailWith(sent, 412, 'PreconditionFailed', { Condition: answer[412] })
    const { response, error } = await settle(sent)
    // The SDK throws a 304.
    if (answer === 304)
      return result(response.status === 304, { kind: 'not modified' }, [responded(response)], 'status')
    const pass = error === undefined && response.status === answer
    return result(pass, { kind: 'success', status: answer }, [responded(response)], 'status')
  },

  async toBeUnchanged(subject: object) {
    return looked(subject, { kind: 'unchanged' }, (state) => {
      const changed = difference(before(subject), state)
      return [changed === undefined, changed ? [changed] : []]
    })
  },

  async toHaveBody(subject: object, body: string) {
    return looked(subject, { kind: 'body', body }, ({ current }) => {
      const holds = typeof current === 'string' ? current : 'other bytes'
      return [typeof current === 'object' && current.body === body, [{ kind: 'object', holds }]]
    })
  },

  async toHaveNoObject(subject: object) {
    return looked(subject, { kind: 'no object' }, (state) => {
      const holds = typeof state.current === 'string' ? state.current : 'object'
      const isEmpty = holds === 'nothing' && state.versions.length === 0
      return [isEmpty, [{ kind: 'object', holds }, versionsIn(state)]]
    })
  },

  async toHaveVersions(subject: object, versions: number, deleteMarkers = 0) {
    const expected = { kind: 'versions', versions, deleteMarkers } as const
    return looked(subject, expected, (state) => {
      const observed = [versionsIn(state)]
      return [isSame([expected], observed), observed]
    })
  },

  async toHaveParts(upload: Upload, numbers: number[]) {
    const expected: Expectation = { kind: 'parts', parts: numbers }
    try {
      const has = await listParts(upload)
      const observed: Observation = { kind: 'parts', parts: has ?? 'upload is gone' }
      const unchanged = isDeepStrictEqual(has, partsBefore(upload))
      return result(isDeepStrictEqual(has, numbers), expected, [observed], 'data', { unchanged })
    } catch (error) {
      return cannotLook(expected, error)
    }
  },

  toBeETagOf,
}

/** Throws what a matcher found if that is not what the spec expects, with `not` or without it. */
function judged(this: { isNot?: boolean }, found: Result): { pass: boolean; message: () => string } {
  const { pass, ...finding } = found
  if (pass === (this.isNot ?? false)) throw new Mismatch(finding)
  return { pass, message: () => '' }
}

/** For `expect.extend`. */
export const matchers = Object.fromEntries(
  Object.entries(plain).map(([name, matcher]) => [
    name,
    function (this: { isNot?: boolean }, ...args: unknown[]) {
      const found = (matcher as (...args: unknown[]) => Result | Promise<Result>).apply(this, args)
      return found instanceof Promise ? found.then((one) => judged.call(this, one)) : judged.call(this, found)
    },
  ]),
)

/** What the matchers find, without a test that fails by it. */
export const finders = plain
