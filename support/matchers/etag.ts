import { createHash } from 'node:crypto'
import { Unsupported } from '../errors'
import type { Observation } from '../observation'
import type { Exchange } from '../wire/record'
import { type Result, result } from './result'
import { runningTest } from './running'

/** SSE-KMS or DSSE, if the running test was told that the object of an ETag is encrypted so. */
function encryptedWith(ETag: unknown): string | undefined {
  const { exchange = [] } = (runningTest()?.meta ?? {}) as { exchange?: readonly Exchange[] }
  const answer = exchange.find(({ response }) => response !== undefined && response.headers.etag === ETag)
  const encryption = answer?.response?.headers['x-amz-server-side-encryption']
  return encryption?.startsWith('aws:kms') ? encryption : undefined
}

/** An ETag, in quotes, that is the MD5 of these bytes. */
export function toBeETagOf(this: { isNot?: boolean } | undefined, received: unknown, body: string): Result {
  const kms = encryptedWith(received)
  // That it is not the MD5 is what a spec of SSE-KMS asserts.
  if (kms && !this?.isNot)
    throw new Unsupported('md5', `objects are encrypted with ${kms}, and their ETags are not the MD5 of their bytes`)
  const md5 = `"${createHash('md5').update(body).digest('hex')}"`
  const is: Extract<Observation, { kind: 'etag' }>['is'] =
    received === undefined ? 'missing' : received === md5 ? 'MD5' : received === md5.slice(1, -1) ? 'unquoted' : 'other'
  return result(is === 'MD5', { kind: 'etag', md5 }, [{ kind: 'etag', is }], 'detail')
}
