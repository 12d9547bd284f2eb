import { createHash, createHmac } from 'node:crypto'
import type { Refusal, Signature } from 's3-reference-store/rules'
import { type Call, GUEST, isCondition } from './reference-request'

/** What the signature of a request says of its conditions, or why it is refused at once. */
export type Signed = { readonly refused: Refusal } | { readonly signature?: Signature }

const MISMATCH: Refusal = { status: 403, code: 'SignatureDoesNotMatch' }

/**
 * Verifies a presigned URL of Signature Version 4; who signs by headers is believed, and Signature Version 2 is told
 * apart and not verified.
 * @param sent the headers as they were sent
 * @param owner the key pair of the owner
 */
export function verify(
  call: Call,
  sent: Readonly<Record<string, string | string[] | undefined>>,
  owner: { accessKeyId: string; secretAccessKey: string },
  now = new Date(),
): Signed {
  const [, search = ''] = call.url.split(/\?(.*)/s)
  const version = /^AWS [^:]+:/.test(call.headers.authorization ?? '') || /(^|&)AWSAccessKeyId=/.test(search) ? 2 : 4
  if (version === 2) return { signature: { version } }
  if (!/(^|&)X-Amz-Signature=/.test(search)) return {}

  const query = new Map(search.split('&').map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]))
  const get = (name: string) => decodeURIComponent(query.get(name) ?? '')
  const [keyId = '', day = '', region = '', service = ''] = get('X-Amz-Credential').split('/')
  const pair = [owner, GUEST].find(({ accessKeyId }) => accessKeyId === keyId)
  if (!pair) return { refused: { status: 403, code: 'InvalidAccessKeyId', elements: { AWSAccessKeyId: keyId } } }

  const names = get('X-Amz-SignedHeaders').split(';')
  const signed = new Set(names)
  const presigned = {
    inQuery: call.inQuery,
    leftOut: names.filter((name) => sent[name] === undefined),
    added: Object.keys(sent).filter((name) => !signed.has(name) && (name.startsWith('x-amz-') || isCondition(name))),
  }
  if (presigned.leftOut.length > 0) return { signature: { version, presigned } }
  const [path = '/'] = call.url.split('?')
  const canonical = [
    call.method,
    path,
    [...query]
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map(([name, value = '']) => `${name}=${value}`)
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${String(sent[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    get('X-Amz-Content-Sha256') || String(sent['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'),
  ].join('\n')
  const time = get('X-Amz-Date')
  const scope = `${day}/${region}/${service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${pair.secretAccessKey}`)
  if (hmac(key, text).toString('hex') !== get('X-Amz-Signature')) return { refused: MISMATCH }

  const from = Date.parse(time.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'))
  if (now.getTime() > from + Number(get('X-Amz-Expires')) * 1000) {
    return { refused: { status: 403, code: 'AccessDenied', message: 'Request has expired' } }
  }
  return { signature: { version, presigned } }
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
