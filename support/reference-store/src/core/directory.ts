import { randomBytes } from 'node:crypto'
import type { Request } from '../rules/index.ts'
import { checksumOf, checksumOfObject, sentChecksum } from './checksums.ts'
import { bucketOf, type Context, decide, refuse } from './context.ts'
import type { StoreResponse } from './message.ts'
import { writtenHeaders } from './object-headers.ts'
import { decoded } from './request.ts'
import { respond } from './respond.ts'
import { keyOf, objectAt } from './state.ts'
import type { Checksum, StoredObject } from './stored.ts'
import { allHeaders, bodyOf, carryOut, newObject, requireKey, sizeOf, wholeSecond } from './write.ts'

/** PutObject with `x-amz-write-offset-bytes`, in a directory bucket: the bytes are appended, which gives a new ETag. */
export function appendObject(context: Context): StoreResponse {
  const { request, sent, state, now } = context
  const bucket = bucketOf(context)
  const key = requireKey(request.key)
  const body = bodyOf(sent.body)
  const there = objectAt(bucket, key)
  const current = there?.kind === 'object' ? there : undefined
  const { wrong, checksum } = checksumOfAppend(allHeaders(context), body, current)
  const decision = decide(context, {}, { body: { size: sizeOf(body), ...(wrong && { checksum: wrong }) } })
  const whole = [...(current?.body ?? []), ...body]
  const isAppended = current && decision.effect !== 'written'
  const object = isAppended
    ? {
        ...current,
        body: whole,
        size: sizeOf(whole),
        etag: `"${randomBytes(16).toString('hex')}"`,
        lastModified: wholeSecond(now),
        ...(checksum && { checksum: { ...checksum, value: checksumOf(checksum.algorithm, whole) } }),
      }
    : newObject(context, bucket, body, checksum)
  const { versionId: _, kind: __, ...made } = { versionId: 'null', kind: 'object', ...object }
  return carryOut(
    context,
    decision,
    made,
    () => state.write(bucket, key, made),
    (stored) => respond(200, { ...writtenHeaders(bucket, stored), 'x-amz-object-size': String(stored.size) }),
  )
}

/** What is wrong with the checksum of an append, and the checksum that the object has afterwards. */
function checksumOfAppend(
  headers: Readonly<Record<string, string>>,
  body: readonly Buffer[],
  current: StoredObject | undefined,
): { wrong?: NonNullable<Request['body']>['checksum']; checksum?: Checksum } {
  const sent = sentChecksum(headers)
  if (!sent || body.length === 0) return current?.checksum ? { checksum: current.checksum } : {}
  if (checksumOf(sent.algorithm, body) !== sent.value) return { wrong: 'wrong' }
  const checksum: Checksum = { ...sent, type: 'FULL_OBJECT' }
  if (!current) return { checksum }
  // An object that was stored without a checksum has CRC64NVME, which an append may be of another type than.
  const isOther = current.checksum !== undefined && checksumOfObject(current).algorithm !== sent.algorithm
  return isOther ? { wrong: 'of another type', checksum: current.checksum } : { checksum }
}

/** RenameObject, in a directory bucket; the ETag stays. */
export function renameObject(context: Context): StoreResponse {
  const { request, state } = context
  const bucket = bucketOf(context)
  const key = requireKey(request.key)
  const { headers } = request
  const from = decoded(headers['x-amz-rename-source'] ?? '')
    .replace(/^\//, '')
    .replace(`${bucket.name}/`, '')
  const token = headers['x-amz-client-token']
  const use = JSON.stringify([from, key])
  const before = token === undefined ? undefined : bucket.clientTokens.get(token)
  const decision = decide(context, {
    source: keyOf(bucket, from),
    ...(before !== undefined && { clientToken: before === use ? 'used' : 'used for something else' }),
  })
  if (decision.effect === 'renamed') {
    state.rename(bucket, from, key)
    if (token !== undefined) bucket.clientTokens.set(token, use)
  }
  return decision.kind === 'refused' ? refuse(context, decision.error) : respond(200)
}
