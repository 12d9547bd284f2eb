import { isDeepStrictEqual } from 'node:util'
import { before, difference, versionsIn } from '../fixtures/objects'
import { listParts, partsBefore, type Upload } from '../fixtures/uploads'
import { type Expectation, isSame, type Observation } from '../observation'
import { isWrite } from '../wire/record'
import type { ErrorElement } from '../wire/recorded'
import { toComeTo } from './come-to'
import { toDelete, toDeleteNothing } from './deletes'
import { toBeETagOf } from './etag'
import { toHaveOutput } from './output'
import { toHaveBodyOfWinner, toHaveGainedOneVersion, toHaveLosersOf412Or409, toHaveOneWinner } from './race'
import { compareKey, Mismatch, type Result, responded, result, type Settled, settle, unreadable } from './result'
import { severityOfSuccess } from './truth'

/** The elements of an error's XML, except Code. */
interface ErrorDetails {
  Message?: string
  /** The header whose condition failed, as S3 spells it. Set only if the status is 412 or 409. */
  Condition?: string
  /** The header that S3 does not implement, or several headers separated by commas. Set only if the status is 501. */
  Header?: string
  /**
   * An explanation of the error. Set only if the status is 501. No other element has a name that begins with a
   * lower-case letter.
   */
  additionalMessage?: string
  /** Set only if the status is 404 or 409. */
  Key?: string
  /** The method that is not allowed, such as `GET`. Set only if the status is 405. */
  Method?: string
  /** The type of the resource, such as `DeleteMarker`. Set only if the status is 405. */
  ResourceType?: string
  /** The headers that the signature does not cover. Set only if the status is 403. */
  HeadersNotSigned?: string
  /** Set only if the status is 416. */
  RangeRequested?: string
  /** The size of the object in bytes. Set only if the status is 416. */
  ActualObjectSize?: string
}

/** An expected status, or for 412 the header whose condition fails, such as `{ 412: 'If-Match' }`. */
export type ExpectedReturn = number | { readonly 412: string }

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * The request fails with this status, error code and details. For HEAD, only the status is checked, because the
     * response has no body. Omitted arguments are not checked. Omit any value that no source confirms.
     */
    toFailWith(status?: number, code?: string, details?: ErrorDetails): Promise<T>
    /** The request gets a response with any status. Use this matcher if the outcome on Amazon S3 is unknown. */
    toGetAnyResponse(): Promise<T>
    /**
     * The error or 304 response has these headers. Names are in lower case. If the expected value is `undefined`, the
     * header must be absent.
     */
    toHaveHeaders(headers: Record<string, string | undefined>): Promise<T>
    /**
     * The response has this status, such as `200` or `304`. In a table of cases, `{ 412: 'If-Match' }` means that the
     * request fails with 412 because of the condition in this header. The header is spelled as in S3's error. The
     * matcher cannot detect a body in a 304 response, because Node's HTTP client drops it.
     */
    toReturnStatus(status: ExpectedReturn): Promise<T>
    /**
     * Nothing stored under the key has changed since its fixture was set up: neither the object's bytes, ETag,
     * Last-Modified and metadata, nor the list of versions.
     */
    toBeUnchanged(): Promise<T>
    /** The body of the key's current object is exactly this text. */
    toHaveBody(body: string): Promise<T>
    /** No object, version or delete marker exists under the key. */
    toHaveNoObject(): Promise<T>
    /** The key has exactly this many versions, including the current version, and this many delete markers. */
    toHaveVersions(versions: number, deleteMarkers?: number): Promise<T>
    /** The upload still exists and has exactly the parts with these numbers. */
    toHaveParts(numbers: number[]): Promise<T>
    /**
     * The ETag is the MD5 of this body, in quotes. On Amazon S3, an object has such an ETag if it was not uploaded in
     * parts and is not encrypted with SSE-C or SSE-KMS. The check is unsupported if the store encrypts objects with
     * SSE-KMS.
     */
    toBeETagOf(body: string): T
  }
}

async function toFailWith(
  request: unknown,
  status?: number,
  code?: string,
  details: ErrorDetails = {},
): Promise<Result> {
  const settled = await settle(request)
  const { exchange, response, error } = settled
  const elements = Object.fromEntries(Object.entries(details).filter(([, text]) => text !== undefined))
  const expected: Expectation = { kind: 'failure', ...(status && { status }), ...(code && { code }), elements }
  const observed = [responded(response)]
  if (!error) return succeeded(settled, expected, status)

  if (status !== undefined && response.status !== status) return result(false, expected, observed, 'status')
  if (exchange.request.method === 'HEAD') return result(true, expected, observed, 'detail')
  const texts = Object.entries({ ...(code && { Code: code }), ...elements }) as [ErrorElement, string][]
  const wrong = texts.flatMap(([name, text]): Observation[] => {
    const actual = exchange.response?.error?.[name]
    if (actual === text) return []
    return [{ kind: 'element', operation: response.operation, name, is: actual ? 'other' : 'missing' }]
  })
  return result(wrong.length === 0, expected, [...observed, ...wrong], 'detail')
}

/** Returns the result for a request that succeeds on this store but fails on Amazon S3. */
function succeeded({ exchange, response }: Settled, expected: Expectation, status?: number): Result {
  const severity = severityOfSuccess(exchange, status)
  return result(false, expected, [responded(response)], severity, {
    harmless: isWrite(exchange) && severity !== 'data',
  })
}

/** The matchers as plain functions, which return a Result instead of throwing a Mismatch. */
export const finders = {
  toHaveOutput,
  toDelete,
  toDeleteNothing,
  toComeTo,
  toFailWith,
  toHaveOneWinner,
  toHaveLosersOf412Or409,
  toHaveGainedOneVersion,
  toHaveBodyOfWinner,

  async toGetAnyResponse(request: unknown) {
    const { response } = await settle(request)
    return result(response.status !== undefined, { kind: 'any response' }, [responded(response)], 'status')
  },

  async toHaveHeaders(request: unknown, headers: Record<string, string | undefined>) {
    const settled = await settle(request)
    const { response, headers: actual } = settled
    const values = Object.entries(headers).map(([name, value]) => [name, value ?? null])
    const expected: Expectation = { kind: 'headers', headers: Object.fromEntries(values) }
    if (!actual) return succeeded(settled, expected)
    const wrong = Object.entries(headers).flatMap(([name, value]): Observation[] => {
      if (actual[name] === value) return []
      const is = value === undefined ? 'unexpected' : actual[name] === undefined ? 'missing' : 'other'
      return [{ kind: 'header', operation: response.operation, name, is }]
    })
    return result(wrong.length === 0, expected, [responded(response), ...wrong], 'detail')
  },

  async toReturnStatus(request: unknown, status: ExpectedReturn) {
    if (typeof status === 'object') return toFailWith(request, 412, 'PreconditionFailed', { Condition: status[412] })
    const { response, error } = await settle(request)
    // The SDK throws for a 304, so `error` is not checked.
    if (status === 304)
      return result(response.status === 304, { kind: 'not modified' }, [responded(response)], 'status')
    const pass = error === undefined && response.status === status
    return result(pass, { kind: 'success', status }, [responded(response)], 'status')
  },

  async toBeUnchanged(subject: object) {
    return compareKey(subject, { kind: 'unchanged' }, (state) => {
      const changed = difference(before(subject), state)
      return [changed === undefined, changed ? [changed] : []]
    })
  },

  async toHaveBody(subject: object, body: string) {
    return compareKey(subject, { kind: 'body', body }, ({ current }) => {
      const holds = typeof current === 'string' ? current : 'other bytes'
      return [typeof current === 'object' && current.body === body, [{ kind: 'object', holds }]]
    })
  },

  async toHaveNoObject(subject: object) {
    return compareKey(subject, { kind: 'no object' }, (state) => {
      const holds = typeof state.current === 'string' ? state.current : 'object'
      const isEmpty = holds === 'nothing' && state.versions.length === 0
      return [isEmpty, [{ kind: 'object', holds }, versionsIn(state)]]
    })
  },

  async toHaveVersions(subject: object, versions: number, deleteMarkers = 0) {
    const expected = { kind: 'versions', versions, deleteMarkers } as const
    return compareKey(subject, expected, (state) => {
      const observed = [versionsIn(state)]
      return [isSame([expected], observed), observed]
    })
  },

  async toHaveParts(upload: Upload, numbers: number[]) {
    const expected: Expectation = { kind: 'parts', parts: numbers }
    try {
      const parts = await listParts(upload)
      const observed: Observation = { kind: 'parts', parts: parts ?? 'upload is gone' }
      const unchanged = isDeepStrictEqual(parts, partsBefore(upload))
      return result(isDeepStrictEqual(parts, numbers), expected, [observed], 'data', { unchanged })
    } catch (error) {
      return unreadable(expected, error)
    }
  },

  toBeETagOf,
}

/**
 * Throws a Mismatch with the matcher's finding if the assertion fails. With `not`, the assertion fails if the matcher
 * passes.
 */
function assertResult(this: { isNot?: boolean }, found: Result): { pass: boolean; message: () => string } {
  const { pass, ...finding } = found
  if (pass === (this.isNot ?? false)) throw new Mismatch(finding)
  return { pass, message: () => '' }
}

/** The matchers in the form that `expect.extend` needs. */
export const matchers = Object.fromEntries(
  Object.entries(finders).map(([name, matcher]) => [
    name,
    function (this: { isNot?: boolean }, ...args: unknown[]) {
      const found = (matcher as (...args: unknown[]) => Result | Promise<Result>).apply(this, args)
      return found instanceof Promise
        ? found.then((one) => assertResult.call(this, one))
        : assertResult.call(this, found)
    },
  ]),
)
