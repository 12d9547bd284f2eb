import { createHash } from 'node:crypto'
import { Unsupported } from '../errors'
import type { Observation } from '../observation'
import { type Result, result } from './result'
import { runningHere } from './running'

/** Returns `aws:kms` or `aws:kms:dsse` if a response with this ETag names that encryption, otherwise undefined. */
function encryptedWith(ETag: unknown): string | undefined {
  const { exchange = [] } = runningHere()?.test.meta ?? {}
  const found = exchange.find(({ response }) => response !== undefined && response.headers.etag === ETag)
  const encryption = found?.response?.headers['x-amz-server-side-encryption']
  return encryption?.startsWith('aws:kms') ? encryption : undefined
}

export function toBeETagOf(this: { isNot?: boolean }, actual: unknown, body: string): Result {
  const kms = encryptedWith(actual)
  // The specs for SSE-KMS use `not` to assert that the ETag is not the MD5.
  if (kms && !this.isNot)
    throw new Unsupported('md5', `objects are encrypted with ${kms}, so their ETags are not the MD5 of their bytes`)
  const md5 = `"${createHash('md5').update(body).digest('hex')}"`
  const is: Extract<Observation, { kind: 'etag' }>['is'] =
    actual === undefined ? 'missing' : actual === md5 ? 'MD5' : actual === md5.slice(1, -1) ? 'unquoted' : 'other'
  return result(is === 'MD5', { kind: 'etag', md5 }, [{ kind: 'etag', is }], 'detail')
}
