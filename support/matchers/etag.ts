import { createHash } from 'node:crypto'
import { NotApplicable } from '../errors'
import type { Exchange } from '../exchange/record'
import { result } from './result'
import { runningTest } from './running'

/** SSE-KMS or DSSE, where the running test was told that the object of an entity tag is encrypted so. */
function encryptedWith(ETag: unknown): string | undefined {
  const { exchange = [] } = (runningTest()?.meta ?? {}) as { exchange?: readonly Exchange[] }
  const answer = exchange.find(({ response }) => response !== undefined && response.headers.etag === ETag)
  const encryption = answer?.response?.headers['x-amz-server-side-encryption']
  return encryption?.startsWith('aws:kms') ? encryption : undefined
}

/** An entity tag, in quotes, that is the MD5 of these bytes. */
export function toBeETagOf(this: { isNot?: boolean } | undefined, received: unknown, body: string) {
  const kms = encryptedWith(received)
  // That it is none is what a spec of KMS says.
  if (kms && !this?.isNot)
    throw new NotApplicable('md5', `objects are encrypted with ${kms}, and their entity tags are no MD5`)
  const md5 = `"${createHash('md5').update(body).digest('hex')}"`
  const observed = {
    undefined: 'no entity tag',
    [md5]: 'the MD5 of the bytes',
    [md5.slice(1, -1)]: 'without quotes',
  }[String(received)]
  return result(
    received === md5,
    `the entity tag is ${md5}, the MD5 of the bytes, in quotes.`,
    observed ?? 'another entity tag',
    'detail',
  )
}
