import { isOperation, MESSAGES, type Signature } from '../rules/index.ts'
import { type Query, S3Error, type StoreRequest } from './message.ts'
import { asUtf8, decoded, decodedQuery, encoded, isCondition, pairsOf, type S3Request } from './request.ts'
import { checkSkew, expired, hmac, mismatch, type Signers, secretOf, sha256, signedAt, timeIn } from './signing.ts'

/** A Version 4 signature from the headers or the query. */
export interface Signed {
  readonly keyId: string
  /** For example, `20261125/us-east-1/s3/aws4_request`. */
  readonly scope: string
  /** For example, `20261125T101112Z`. */
  readonly time: string
  /** The names of the signed headers. */
  readonly names: readonly string[]
  readonly signature: string
  /** The last line of the canonical request: a hash or `UNSIGNED-PAYLOAD`. */
  readonly payload: string
}

const ALGORITHM = 'AWS4-HMAC-SHA256'
const HASH = 'x-amz-content-sha256'
const UNSIGNED = 'UNSIGNED-PAYLOAD'
const WEEK = 7 * 24 * 60 * 60
const NEEDED = ['Algorithm', 'Credential', 'Signature', 'Date', 'SignedHeaders', 'Expires']

export const isPresigned4 = (query: Query) => NEEDED.some((name) => query.has(`X-Amz-${name}`))

/**
 * Verifies a presigned URL that uses Signature Version 4. If a signed header is missing and the rules cover the
 * operation, the signature is not verified here, because the rules reject the request with 403.
 * @returns the signature as input for the rules
 * @throws S3Error 400 AuthorizationQueryParametersError, 403 InvalidAccessKeyId, AccessDenied, SignatureDoesNotMatch
 */
export function verifyPresigned4(request: S3Request, sent: StoreRequest, query: Query, signers: Signers): Signature {
  const [algorithm, credential = '', signature = '', time = '', signedHeaders = '', expires = ''] = NEEDED.map((name) =>
    query.get(`X-Amz-${name}`),
  )
  if (algorithm !== ALGORITHM || signature === '' || signedHeaders === '') throw invalidQuery('')
  const from = timeIn(time)
  if (!from || !time.endsWith('Z')) {
    throw invalidQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
  }
  const whose = credentialIn(credential, time)
  if (!whose) throw invalidQuery(`Error parsing the X-Amz-Credential parameter; ${EXPECTED}`)
  if (!/^\d{1,6}$/.test(expires) || Number(expires) > WEEK) {
    throw invalidQuery(`X-Amz-Expires must be a number of seconds from 0 to ${WEEK}`)
  }
  const secret = secretOf(whose.keyId, signers)
  const until = new Date(from.getTime() + Number(expires) * 1000)
  if (signers.now() > until) throw expired(until, signers.now(), expires)

  const names = signedHeaders.toLowerCase().split(';')
  const isSigned = (name: string) => names.includes(name)
  const presigned = {
    inQuery: request.inQuery,
    leftOut: names.filter((name) => headerOf(sent, name) === undefined),
    // Amazon S3 ignores a body hash that is not signed.
    added: Object.keys(sent.headers).filter(
      (name) => !isSigned(name) && name !== HASH && (name.startsWith('x-amz-') || isCondition(name)),
    ),
  }
  const hash = isSigned(HASH) ? sent.headers[HASH] : query.get('X-Amz-Content-Sha256')
  const isRuled = isOperation(request.operation ?? '')
  if (!isRuled) checkAdded(presigned.added)
  if (!isRuled || presigned.leftOut.length === 0) {
    verify({ ...whose, time, names, signature, payload: hash ?? UNSIGNED }, sent, secret)
  }
  return { version: 4, presigned }
}

function invalidQuery(message: string): S3Error {
  return new S3Error(400, 'AuthorizationQueryParametersError', message)
}

const EXPECTED = 'expecting "<YOUR-AKID>/YYYYMMDD/REGION/s3/aws4_request", where YYYYMMDD is the date in X-Amz-Date.'

/**
 * Parses a credential without checking its region.
 * @returns undefined if the credential is malformed, is for a service other than S3, or has a date other than that of
 *   `time`
 */
function credentialIn(text: string, time: string): Pick<Signed, 'keyId' | 'scope'> | undefined {
  const [, keyId, scope, day] = /^(.+)\/((\d{8})\/[^/]+\/s3(?:express)?\/aws4_request)$/.exec(text) ?? []
  return keyId && scope && day === time.slice(0, 8) ? { keyId, scope } : undefined
}

const HEADER = new RegExp(`^${ALGORITHM} Credential=([^, ]+),? *SignedHeaders=([^, ]+),? *Signature=([^, ]+)$`)

/**
 * Parses the `Authorization` header.
 * @returns undefined unless the header has a Version 4 signature
 * @throws S3Error 400 AuthorizationHeaderMalformed; 403 AccessDenied if the date is missing
 */
export function signedIn({ headers }: StoreRequest): Signed | undefined {
  const { authorization = '', [HASH]: payload = UNSIGNED } = headers
  if (!authorization.startsWith('AWS4-')) return undefined
  const [, credential = '', names = '', signature = ''] = HEADER.exec(authorization) ?? []
  const time = signedAt(headers)
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
  const whose = credentialIn(credential, time)
  if (whose) return { ...whose, time, names: names.toLowerCase().split(';'), signature, payload }
  const message = `The authorization header is malformed; ${EXPECTED}`
  throw new S3Error(400, 'AuthorizationHeaderMalformed', message)
}

/** @throws S3Error 403 InvalidAccessKeyId, RequestTimeTooSkewed, AccessDenied, SignatureDoesNotMatch */
export function verifyHeader4(signed: Signed, sent: StoreRequest, signers: Signers): void {
  const secret = secretOf(signed.keyId, signers)
  checkSkew(sent.headers, signers.now())
  checkAdded(Object.keys(sent.headers).filter((name) => name !== HASH && !signed.names.includes(name)))
  verify(signed, sent, secret)
}

/** @param names the names of the unsigned headers */
function checkAdded(names: readonly string[]): void {
  const amazon = names.filter((name) => name.startsWith('x-amz-'))
  if (amazon.length === 0) return
  const elements = { HeadersNotSigned: amazon.join(', ') }
  throw new S3Error(403, 'AccessDenied', MESSAGES.headersNotSigned, { elements })
}

export function signingKey(secret: string, scope: string): Buffer | string {
  return scope.split('/').reduce<Buffer | string>((key, part) => hmac(key, part), `AWS4${secret}`)
}

/** Compares a signature with the expected signature of each possible canonical request. */
function verify(signed: Signed, sent: StoreRequest, secret: string): void {
  const { keyId, scope, time, signature } = signed
  const key = signingKey(secret, scope)
  const all = canonicals(signed, sent)
  const toSign = all.map((canonical) => [ALGORITHM, time, scope, sha256(canonical)].join('\n'))
  if (toSign.some((one) => hmac(key, one).toString('hex') === signature)) return
  throw mismatch(keyId, signature, toSign[0], all[0])
}

/**
 * Returns the canonical requests that a client may have signed. Amazon S3 decodes and re-encodes the path and the
 * query, but some clients sign them as originally encoded.
 */
function canonicals({ names, payload }: Signed, sent: StoreRequest): readonly string[] {
  const [path = '/'] = sent.url.split('?')
  const query = pairsOf(sent.url).filter(([name]) => name !== 'X-Amz-Signature')
  const again = query.map(([name, value]) => [encoded(name), encoded(decodedQuery(value))] as const)
  const asSent = query.map(([name, value]) => [encoded(name), asUtf8(value)] as const)
  const places = [
    `${path.split('/').map(decoded).map(encoded).join('/')}\n${sorted(again)}`,
    `${asUtf8(path)}\n${sorted(asSent)}`,
  ]
  const lines = names.map((name) => {
    const value = asUtf8(headerOf(sent, name) ?? '')
    return `${name}:${value.trim().replace(/[ \t]+/g, ' ')}`
  })
  return places.map((place) => [sent.method, place, ...lines, '', names.join(';'), payload].join('\n'))
}

function sorted(pairs: readonly (readonly [string, string])[]): string {
  const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return [...pairs]
    .sort(([a, x], [b, y]) => before(a, b) || before(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** Returns the value of a header as the client signed it. */
function headerOf({ headers, contentEncoding }: StoreRequest, name: string): string | undefined {
  return (name === 'content-encoding' ? contentEncoding : undefined) ?? headers[name]
}
