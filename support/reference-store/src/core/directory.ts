import { randomBytes } from 'node:crypto'
import type { Request } from '../rules/index.ts'
import { checksumOf, fullChecksum, sentChecksum } from './checksums.ts'
import { bucketOf, type Context, decide } from './context.ts'
import type { Headers, StoreResponse } from './message.ts'
import { writtenHeaders } from './object-headers.ts'
import { decoded } from './request.ts'
import { respond, respondFailure } from './respond.ts'
import { keyOf, objectAt } from './state.ts'
import type { Checksum, StoredObject } from './stored.ts'
import { sizeOf, wholeSecond } from './values.ts'
import { allHeaders, bodyOf, carryOut, newObject } from './write.ts'

/** Handles PutObject with `x-amz-write-offset-bytes` in a directory bucket. An append changes the ETag. */
export function appendObject(context: Context): StoreResponse {
  const { request, sent, now } = context
  const bucket = bucketOf(context)
  const body = bodyOf(sent.body)
  const existing = objectAt(bucket, request.key ?? '')
  const current = existing?.kind === 'object' ? existing : undefined
  const { wrong, checksum } = checksumOfAppend(allHeaders(context), body, current)
  const decision = decide(context, {}, { body: { size: sizeOf(body), checksum: wrong } })
  const whole = [...(current?.body ?? []), ...body]
  const object =
    current && decision.effect !== 'written'
      ? {
          ...current,
          body: whole,
          size: sizeOf(whole),
          etag: `"${randomBytes(16).toString('hex')}"`,
          lastModified: wholeSecond(now),
          checksum: checksum && fullChecksum(checksum.algorithm, whole),
        }
      : newObject(context, bucket, body, checksum)
  return carryOut(context, decision, object, (stored) =>
    respond(200, { ...writtenHeaders(bucket, stored), 'x-amz-object-size': String(stored.size) }),
  )
}

/**
 * Verifies the checksum of the appended bytes.
 * @returns `wrong`: why the checksum is rejected, if it is. `checksum`: the checksum to store with a new object. If the
 *   object already exists, only the algorithm of `checksum` is used.
 */
function checksumOfAppend(
  headers: Headers,
  body: readonly Buffer[],
  current: StoredObject | undefined,
): { wrong?: NonNullable<Request['body']>['checksum']; checksum?: Checksum } {
  const sent = sentChecksum(headers)
  if (!sent || body.length === 0) return { checksum: current?.checksum }
  if (checksumOf(sent.algorithm, body) !== sent.value) return { wrong: 'wrong' }
  const checksum: Checksum = { ...sent, type: 'FULL_OBJECT' }
  // An object stored without a checksum gets a CRC64NVME checksum by default and accepts appends with any algorithm.
  if (!current?.checksum || current.checksum.algorithm === sent.algorithm) return { checksum }
  return { wrong: 'of another type', checksum: current.checksum }
}

/** Handles RenameObject in a directory bucket. A rename keeps the ETag. */
export function renameObject(context: Context): StoreResponse {
  const { request, state } = context
  const bucket = bucketOf(context)
  const { key = '', headers } = request
  const from = decoded(headers['x-amz-rename-source'] ?? '')
    .replace(/^\//, '')
    .replace(`${bucket.name}/`, '')
  const token = headers['x-amz-client-token']
  const use = JSON.stringify([from, key])
  const before = token === undefined ? undefined : bucket.clientTokens.get(token)
  const decision = decide(context, {
    source: keyOf(bucket, from),
    clientToken: before === undefined ? undefined : before === use ? 'used' : 'used for something else',
  })
  if (decision.effect === 'renamed') {
    state.rename(bucket, from, key)
    if (token !== undefined) bucket.clientTokens.set(token, use)
  }
  return decision.kind === 'failure' ? respondFailure(decision.error) : respond(200)
}
