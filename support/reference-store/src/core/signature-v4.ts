import type { Signature } from '../rules/index.ts'
import { S3Error, type StoreRequest } from './message.ts'
import { isCondition, ruledOperation, type S3Request } from './request.ts'
import {
  asUtf8,
  checkSkew,
  expired,
  hmac,
  mismatch,
  pairsOf,
  type Signers,
  secretOf,
  sha256,
  timeIn,
  unescaped,
} from './signing.ts'

/** A signature of version 4, wherever its parts were sent. */
export interface Signed {
  readonly keyId: string
  /** `20261125/us-east-1/s3/aws4_request` */
  readonly scope: string
  /** `20261125T101112Z` */
  readonly time: string
  /** The headers that are signed. */
  readonly names: readonly string[]
  readonly signature: string
  /** The last line of what is signed: a hash, or a name for none. */
  readonly payload: string
}

const ALGORITHM = 'AWS4-HMAC-SHA256'
const WEEK = 7 * 24 * 60 * 60
const NEEDED = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
]

/** Whether the query has any part of a presigned URL of this version. */
export const isPresigned4 = (names: ReadonlySet<string>) => NEEDED.some((name) => names.has(name))

/**
 * Verifies a presigned URL.
 * @returns what the rules evaluate. If a signed header was not sent, and the rules know the operation, the signature is
 *   not compared: the rules return the 403
 * @throws S3Error 400 AuthorizationQueryParametersError, 403 InvalidAccessKeyId, AccessDenied, SignatureDoesNotMatch
 */
export function verifyPresigned4(request: S3Request, sent: StoreRequest, signers: Signers): Signature {
  const query = new Map(pairsOf(sent.url).map(([name, value]) => [name, unescaped(value)]))
  const get = (name: string) => query.get(name) ?? ''
  if (NEEDED.some((name) => get(name) === '')) throw invalidQuery('')
  if (get('X-Amz-Algorithm') !== ALGORITHM) {
    throw invalidQuery('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"')
  }
  const time = get('X-Amz-Date')
  const from = timeIn(time)
  if (!from || !time.endsWith('Z')) {
    throw invalidQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
  }
  const { keyId, scope } = credentialIn(get('X-Amz-Credential'), time, (why) =>
    invalidQuery(`Error parsing the X-Amz-Credential parameter; ${why}`),
  )
  const seconds = secondsIn(get('X-Amz-Expires'))
  const secret = secretOf(keyId, signers)
  const now = signers.now()
  const until = new Date(from.getTime() + seconds * 1000)
  if (now > until) throw expired(until, now, seconds)

  const names = get('X-Amz-SignedHeaders').toLowerCase().split(';')
  const isSigned = (name: string) => names.includes(name)
  const presigned = {
    inQuery: request.inQuery,
    leftOut: names.filter((name) => headerOf(sent, name) === undefined),
    // Amazon S3 ignores a hash of the body that is not signed.
    added: Object.keys(sent.headers).filter(
      (name) => !isSigned(name) && name !== HASH && (name.startsWith('x-amz-') || isCondition(name)),
    ),
  }
  const hash = isSigned(HASH) ? sent.headers[HASH] : query.get('X-Amz-Content-Sha256')
  const signed: Signed = { keyId, scope, time, names, signature: get('X-Amz-Signature'), payload: hash ?? UNSIGNED }
  const isRuled = ruledOperation(request) !== undefined
  if (!isRuled) checkAdded(presigned.added)
  if (!isRuled || presigned.leftOut.length === 0) verify(signed, sent, secret)
  return { version: 4, presigned }
}

const HASH = 'x-amz-content-sha256'
const UNSIGNED = 'UNSIGNED-PAYLOAD'

function invalidQuery(message: string): S3Error {
  return new S3Error(400, 'AuthorizationQueryParametersError', message)
}

function secondsIn(text: string): number {
  if (!/^-?\d+$/.test(text)) throw invalidQuery('X-Amz-Expires should be a number')
  const seconds = Number(text)
  if (seconds < 0) throw invalidQuery('X-Amz-Expires must be non-negative')
  if (seconds > WEEK) {
    throw invalidQuery(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${WEEK} seconds`,
    )
  }
  return seconds
}

/** The key id and scope of a credential; any region is right. */
function credentialIn(text: string, time: string, invalid: (why: string) => S3Error): { keyId: string; scope: string } {
  const [, keyId, scope, day, region, service] = /^(.+)\/(([^/]*)\/([^/]*)\/([^/]*)\/aws4_request)$/.exec(text) ?? []
  if (!keyId || !scope || !day || !region) {
    throw invalid('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".')
  }
  if (service !== 's3' && service !== 's3express') {
    throw invalid(`incorrect service "${service}". This endpoint belongs to "s3".`)
  }
  if (day !== time.slice(0, 8)) {
    throw invalid(`Invalid credential date "${day}". This date is not the same as X-Amz-Date: "${time.slice(0, 8)}".`)
  }
  return { keyId, scope }
}

/**
 * Reads the header `Authorization` of a request.
 * @returns undefined for one of another version
 * @throws S3Error 400 AuthorizationHeaderMalformed, 403 AccessDenied without a date
 */
export function signedIn({ headers }: StoreRequest): Signed | undefined {
  const { authorization = '', [HASH]: payload = UNSIGNED } = headers
  if (!authorization.startsWith('AWS4-')) return undefined
  const malformed = (why: string) =>
    new S3Error(400, 'AuthorizationHeaderMalformed', `The authorization header is malformed; ${why}`)
  const get = (name: string) => new RegExp(`[ ,]${name}=([^, ]*)`).exec(authorization)?.[1] ?? ''
  const parts = ['Credential', 'SignedHeaders', 'Signature'].map((name) => [name, get(name)] as const)
  const missing = parts.find(([, value]) => value === '')
  if (!authorization.startsWith(`${ALGORITHM} `) || missing) {
    throw malformed(missing ? `the authorization header requires ${missing[0]}` : `the algorithm is not ${ALGORITHM}`)
  }
  const date = timeIn(headers['x-amz-date'] ?? headers.date)
  if (!date) throw new S3Error(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header')
  const time = date.toISOString().replace(/[-:]|\.\d+/g, '')
  const names = get('SignedHeaders').toLowerCase().split(';')
  return { ...credentialIn(get('Credential'), time, malformed), time, names, signature: get('Signature'), payload }
}

/**
 * Verifies a request whose signature is in the header `Authorization`.
 * @throws S3Error 400 AuthorizationHeaderMalformed, 403 InvalidAccessKeyId, RequestTimeTooSkewed, AccessDenied,
 *   SignatureDoesNotMatch
 */
export function verifyHeader4(signed: Signed, sent: StoreRequest, signers: Signers): void {
  const secret = secretOf(signed.keyId, signers)
  const { 'x-amz-date': date = '', [HASH]: hash } = sent.headers
  checkSkew(timeIn(signed.time) ?? new Date(0), date || (sent.headers.date ?? ''), signers.now())
  if (hash === undefined) {
    throw new S3Error(400, 'InvalidRequest', `Missing required header for this request: ${HASH}`)
  }
  const isAdded = (name: string) => name.startsWith('x-amz-') && name !== HASH && !signed.names.includes(name)
  checkAdded(Object.keys(sent.headers).filter(isAdded))
  verify(signed, sent, secret)
}

function checkAdded(added: readonly string[]): void {
  const amazon = added.filter((name) => name.startsWith('x-amz-'))
  if (amazon.length === 0) return
  const message = 'There were headers present in the request which were not signed'
  throw new S3Error(403, 'AccessDenied', message, { elements: { HeadersNotSigned: amazon.join(', ') } })
}

/** A signing key for a scope. */
export function signingKey(secret: string, scope: string): Buffer | string {
  return scope.split('/').reduce<Buffer | string>((key, part) => hmac(key, part), `AWS4${secret}`)
}

/** Compares a signature with those of each way in which clients write what they sign. */
function verify(signed: Signed, sent: StoreRequest, secret: string): void {
  const { keyId, scope, time, signature } = signed
  const key = signingKey(secret, scope)
  const all = canonicals(signed, sent).map((canonical) => ({
    canonical,
    toSign: [ALGORITHM, time, scope, sha256(canonical)].join('\n'),
  }))
  if (all.some(({ toSign }) => hmac(key, toSign).toString('hex') === signature)) return
  const [{ toSign, canonical } = { toSign: '', canonical: '' }] = all
  throw mismatch(keyId, signature, toSign, canonical)
}

/** Amazon S3 decodes path and query and encodes them itself; clients that sign what they send do the same, or nothing. */
function canonicals({ names, payload }: Signed, sent: StoreRequest): readonly string[] {
  const [path = '/'] = sent.url.split('?')
  const query = pairsOf(sent.url).filter(([name]) => name !== 'X-Amz-Signature')
  const again = query.map(([name, value]) => [encoded(name), encoded(unescaped(value.replaceAll('+', ' ')))] as const)
  const asSent = query.map(([name, value]) => [encoded(name), asUtf8(value)] as const)
  const places = new Set([
    `${path.split('/').map(unescaped).map(encoded).join('/')}\n${sorted(again)}`,
    `${asUtf8(path)}\n${sorted(asSent)}`,
  ])
  const before = encodingsOf(sent)
  return [...places].flatMap((place) =>
    before.map((encoding) => {
      const lines = names.map((name) => {
        const value = name === 'content-encoding' ? encoding : sent.headers[name]
        return `${name}:${asUtf8(value ?? '')
          .trim()
          .replace(/[ \t]+/g, ' ')}`
      })
      return [sent.method, place, ...lines, '', names.join(';'), payload].join('\n')
    }),
  )
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sorted(pairs: readonly (readonly [string, string])[]): string {
  const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return [...pairs]
    .sort(([a, x], [b, y]) => before(a, b) || before(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** The transport removes `aws-chunked`, which is signed. */
function encodingsOf({ headers }: StoreRequest): readonly (string | undefined)[] {
  const { 'content-encoding': rest } = headers
  if (!isStreaming(headers)) return [rest]
  return rest === undefined
    ? ['aws-chunked', rest]
    : [rest, `aws-chunked,${rest}`, `aws-chunked, ${rest}`, `${rest},aws-chunked`, `${rest}, aws-chunked`]
}

function isStreaming(headers: StoreRequest['headers']): boolean {
  return /^STREAMING-/.test(headers[HASH] ?? '') || headers['x-amz-decoded-content-length'] !== undefined
}

function headerOf({ headers }: StoreRequest, name: string): string | undefined {
  return headers[name] ?? (name === 'content-encoding' && isStreaming(headers) ? 'aws-chunked' : undefined)
}
