import { type Query, S3Error, type StoreRequest } from './message.ts'
import { asUtf8, decoded, pairsOf, type S3Request } from './request.ts'
import { checkSkew, expired, hmac, mismatch, type Signers, secretOf } from './signing.ts'

export const isPresigned2 = (query: Query) => query.has('Signature') || query.has('AWSAccessKeyId')

/**
 * Verifies a presigned URL that uses Signature Version 2, the default in boto3.
 * @throws S3Error 403 AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch
 */
export function verifyPresigned2(request: S3Request, sent: StoreRequest, query: Query, signers: Signers): void {
  const [signature = '', date = '', keyId = ''] = ['Signature', 'Expires', 'AWSAccessKeyId'].map((name) =>
    query.get(name),
  )
  if (signature === '' || !/^\d{1,11}$/.test(date) || keyId === '') {
    const message = 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters'
    throw new S3Error(403, 'AccessDenied', message)
  }
  const secret = secretOf(keyId, signers)
  const until = new Date(Number(date) * 1000)
  if (signers.now() > until) throw expired(until, signers.now())
  verify(request, sent, { date, keyId, secret, signature, query })
}

/** @throws S3Error 403 AccessDenied, InvalidAccessKeyId, RequestTimeTooSkewed, SignatureDoesNotMatch */
export function verifyHeader2(request: S3Request, sent: StoreRequest, signers: Signers): void {
  const { authorization = '', date: sentDate = '', 'x-amz-date': own } = sent.headers
  const [, keyId = '', signature = ''] = /^AWS ([^:]*):(.*)$/.exec(authorization) ?? []
  const secret = secretOf(keyId, signers)
  checkSkew(sent.headers, signers.now())
  verify(request, sent, { date: own === undefined ? sentDate : '', keyId, secret, signature, query: new Map() })
}

interface Signed {
  /** The date, which is the fourth line of the string to sign. */
  readonly date: string
  readonly keyId: string
  readonly secret: string
  readonly signature: string
  /** The query parameters of a presigned URL. They can include headers, because boto3 sends headers as parameters. */
  readonly query: Query
}

function verify(request: S3Request, sent: StoreRequest, { date, keyId, secret, signature, query }: Signed): void {
  const headers = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]))
  for (const [name, value] of Object.entries(sent.headers)) headers.set(name, asUtf8(value).trim())
  const amazon = [...headers].filter(([name]) => name.startsWith('x-amz-')).map(([name, value]) => `${name}:${value}`)
  const [md5 = '', type = ''] = ['content-md5', 'content-type'].map((name) => headers.get(name))
  const lines = [sent.method, md5, type, date, ...amazon.sort()]
  const toSign = resourcesOf(request, sent).map((resource) => [...lines, resource].join('\n'))
  if (toSign.some((one) => hmac(secret, one, 'sha1').toString('base64') === signature)) return
  throw mismatch(keyId, signature, toSign[0])
}

/** The query parameters that Signature Version 2 includes in the canonicalized resource. */
const COVERED =
  /^(accelerate|acl|analytics|cors|defaultObjectAcl|delete|inventory|lifecycle|location|logging|metrics|notification|object-lock|partNumber|policy|replication|requestPayment|response-(cache-control|content-(disposition|encoding|language|type)|expires)|restore|select|select-type|storageClass|tagging|torrent|uploadId|uploads|versionId|versioning|versions|website)$/

/**
 * Returns the resource strings that a client may have signed. If the host name contains the bucket name, clients sign
 * the bucket name, too. If the path consists only of the bucket name, boto3 signs a trailing slash that it does not
 * send.
 */
function resourcesOf({ bucket, host }: S3Request, { url }: StoreRequest): readonly string[] {
  const [path = '/'] = url.split('?')
  const covered = pairsOf(url)
    .filter(([name]) => COVERED.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${decoded(value)}`))
  const rest = covered.length > 0 ? `?${covered.join('&')}` : ''
  const isInHost = bucket !== '' && host.startsWith(`${bucket}.`)
  const paths = [...(isInHost ? [`/${bucket}${path}`] : []), path, ...(/^\/[^/]+$/.test(path) ? [`${path}/`] : [])]
  return paths.map((one) => `${asUtf8(one)}${rest}`)
}
