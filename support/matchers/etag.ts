import { createHash } from 'node:crypto'
import { Unsupported } from '../errors'
import type { Observation } from '../observation'
import { type Result, result } from './result'
import { runningHere } from './running'

/**
 * Finds this test's first response with this ETag, and returns the encryption that the response reports, if it is
 * `aws:kms` or `aws:kms:dsse`. Otherwise returns undefined.
 */
function encryptedWith(ETag: unknown): string | undefined {
  const { exchange = [] } = runningHere()?.test.meta ?? {}
  const found = exchange.find(({ response }) => response !== undefined && response.headers.etag === ETag)
  const encryption = found?.response?.headers['x-amz-server-side-encryption']
  return encryption?.startsWith('aws:kms') ? encryption : undefined
}

export function toBeETagOf(this: { isNot?: boolean }, actual: unknown, body: string): Result {
  const kms = encryptedWith(actual)
  // Negated assertions still run: the specs for SSE-KMS assert that the ETag is not the MD5 of the body.
  if (kms && !this.isNot)
    throw new Unsupported(
      'md5',
      `the store encrypts objects with ${kms}, so an ETag is not the MD5 of the object's bytes`,
    )
  const md5 = `"${createHash('md5').update(body).digest('hex')}"`
  const is: Extract<Observation, { kind: 'etag' }>['is'] =
    actual === undefined ? 'missing' : actual === md5 ? 'MD5' : actual === md5.slice(1, -1) ? 'unquoted' : 'other'
  return result(is === 'MD5', { kind: 'etag', md5 }, [{ kind: 'etag', is }], 'detail')
}
