import { isDeepStrictEqual } from 'node:util'
import { before, difference, lookAgain } from '../fixtures/objects'
import { type Tracked, trackedBy } from '../fixtures/tracked'
import { isUpload, listParts, partsBefore } from '../fixtures/uploads'
import type { Observation } from '../observation'
import { addresses } from '../wire/keys'
import { type Exchange, exchangeOf, isAccepted, isWrite, responseOf } from '../wire/record'

/** Whether a request names a key in its path or its body. */
export function isAbout({ request: { path, entries = [] } }: Exchange, key: string): boolean {
  return addresses(path, key) || entries.some((entry) => entry.key === key)
}

/** Operations that affect an upload or its parts, but do not write to the key. */
const UPLOAD_OPERATIONS = ['CreateMultipartUpload', 'UploadPart', 'UploadPartCopy', 'AbortMultipartUpload']

/** Whether a request can change the upload or the key that a fixture created. */
function concerns(exchange: Exchange, { made, key }: Tracked): boolean {
  if (isUpload(made)) return exchange.request.path.includes(`uploadId=${made.UploadId}`)
  return isAbout(exchange, key) && !UPLOAD_OPERATIONS.includes(exchange.operation)
}

/** Whether a matcher has checked a key or an upload since the last write by the spec. */
function isLookedAt(subject: Tracked, exchanges: readonly Exchange[]): boolean {
  const look = isUpload(subject.made) ? 'ListParts' : 'GetObject'
  const last = exchanges.findLastIndex((exchange) => exchange.by === 'spec' && isWrite(exchange))
  return exchanges
    .slice(last)
    .some((exchange) => exchange.by === 'matcher' && exchange.operation === look && concerns(exchange, subject))
}

/** Whether the state of an upload is unknown because its completion failed with 409 (open question O3). */
function isUnknown(subject: Tracked, exchanges: readonly Exchange[]): boolean {
  return (
    isUpload(subject.made) &&
    exchanges.some((exchange) => exchange.response?.status === 409 && concerns(exchange, subject))
  )
}

/**
 * Finds changes made by failed requests. Reads the keys and uploads that the test's fixtures created, except those that
 * a successful request may have changed or that a matcher has checked. Sends no requests if the test sent no write
 * requests.
 */
export async function silentChanges(test: object, exchanges: readonly Exchange[]): Promise<Observation[]> {
  const writes = exchanges.filter((exchange) => exchange.by === 'spec' && isWrite(exchange))
  if (writes.length === 0) return []
  const isWritten = (subject: Tracked) =>
    exchanges
      .slice(subject.since)
      .some((exchange) => writes.includes(exchange) && isAccepted(exchange) && concerns(exchange, subject))
  const unseen = trackedBy(test).filter(
    (subject) => !isWritten(subject) && !isUnknown(subject, exchanges) && !isLookedAt(subject, exchanges),
  )
  const changes = await Promise.all(unseen.map(({ made }) => changeOf(made)))
  return changes.filter((change) => change !== undefined)
}

async function changeOf(made: object): Promise<Observation | undefined> {
  try {
    if (!isUpload(made)) return difference(before(made), await lookAgain(made))
    const parts = await listParts(made)
    return isDeepStrictEqual(parts, partsBefore(made)) ? undefined : { kind: 'parts', parts: parts ?? 'upload is gone' }
  } catch (error) {
    const exchange = exchangeOf(error)
    return exchange && { kind: 'look', ...responseOf(exchange) }
  }
}
