import { isDeepStrictEqual } from 'node:util'
import { before, difference, lookAgain } from '../fixtures/objects'
import { type Tracked, trackedBy } from '../fixtures/tracked'
import { listParts, partsBefore, type Upload } from '../fixtures/uploads'
import type { Observation } from '../observation'
import { addresses } from '../wire/keys'
import { type Exchange, exchangeOf, isAccepted, isWrite, responseOf } from '../wire/record'

/** Whether a request is about a key: its path addresses it, or its body names it. */
export function isAbout({ request: { path, entries = [] } }: Exchange, key: string): boolean {
  return addresses(path, key) || entries.some((entry) => entry.key === key)
}

/** Requests to a key that have to do with the parts of an upload only, and leave the key itself as it is. */
const OF_PARTS = ['CreateMultipartUpload', 'UploadPart', 'UploadPartCopy', 'AbortMultipartUpload']

/** Whether a request is about what a fixture made: an upload those that name it, a key all that are not about parts. */
function concerns(exchange: Exchange, { made, key }: Tracked): boolean {
  if (isUpload(made)) return exchange.request.path.includes(`uploadId=${made.UploadId}`)
  return isAbout(exchange, key) && !OF_PARTS.includes(exchange.operation)
}

function isUpload(made: object): made is Upload {
  return 'UploadId' in made
}

/** Whether a matcher has looked at what a fixture made after the spec's last write. */
function isLookedAt(subject: Tracked, exchanges: readonly Exchange[]): boolean {
  const look = isUpload(subject.made) ? 'ListParts' : 'GetObject'
  const last = exchanges.findLastIndex((exchange) => exchange.by === 'spec' && isWrite(exchange))
  return exchanges
    .slice(last)
    .some((exchange) => exchange.by === 'matcher' && exchange.operation === look && concerns(exchange, subject))
}

/** Whether nobody knows what has become of an upload: its completion was answered 409 (open question O3). */
function isOpen(subject: Tracked, exchanges: readonly Exchange[]): boolean {
  return (
    isUpload(subject.made) &&
    exchanges.some((exchange) => exchange.response?.status === 409 && concerns(exchange, subject))
  )
}

/**
 * Looks at what the fixtures of a test have made, the test itself has not looked at, and no successful request of it has
 * changed: what is different there has changed although its request failed. Nothing is sent for a test that wrote nothing.
 */
export async function changesBehind(test: object, exchanges: readonly Exchange[]): Promise<Observation[]> {
  const sent = exchanges.filter((exchange) => exchange.by === 'spec' && isWrite(exchange))
  if (sent.length === 0) return []
  const isChanged = (subject: Tracked) =>
    exchanges
      .slice(subject.since)
      .some((exchange) => sent.includes(exchange) && isAccepted(exchange) && concerns(exchange, subject))
  const unseen = trackedBy(test).filter(
    (subject) => !isChanged(subject) && !isOpen(subject, exchanges) && !isLookedAt(subject, exchanges),
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
