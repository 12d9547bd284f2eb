import { decodedPath } from './keys'

/** The parts of an exchange that show whether its request overlaps with another request. */
interface Racing {
  readonly by: string
  readonly request: { readonly path: string; readonly entries?: readonly { readonly key: string }[] }
  readonly response?: object
}

const raced = new WeakSet<Racing>()

/**
 * Marks a new request as overlapping if earlier requests from the same sender for the same key are still in flight.
 * Marks those earlier requests, too.
 * @param sent all earlier requests
 * @param attempts the earlier attempts of the same request; they have all ended, so they are ignored
 */
export function noteRaces(exchange: Racing, sent: readonly Racing[], attempts: readonly Racing[]): void {
  const keys = keysOf(exchange)
  const others = sent.filter(
    (other) =>
      other.by === exchange.by &&
      !other.response &&
      !attempts.includes(other) &&
      keysOf(other).some((key) => keys.includes(key)),
  )
  for (const racing of others.length > 0 ? [...others, exchange] : []) raced.add(racing)
}

/** Whether a request overlapped with another request from the same sender for the same key. */
export function isRaced(exchange: Racing): boolean {
  return raced.has(exchange)
}

/**
 * Returns the decoded path of each key that a request addresses: the path of the request or, for DeleteObjects, one
 * path per entry.
 */
function keysOf({ request: { path, entries } }: Racing): string[] {
  const decoded = decodedPath(path)
  return entries?.map(({ key }) => `${decoded.replace(/\/$/, '')}/${key}`) ?? [decoded]
}
