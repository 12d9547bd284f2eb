import { decodedPath } from './keys'

/** The parts of an exchange that show whether its request races with another one. */
interface Racing {
  readonly by: string
  readonly request: { readonly path: string; readonly entries?: readonly { readonly key: string }[] }
  readonly response?: object
}

const raced = new WeakSet<Racing>()

/**
 * Notes which earlier requests overlap with a request that is about to be sent.
 * @param sent all earlier requests
 * @param attempts the earlier attempts of the same request, all of which have ended
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

/** Whether a request overlapped with another request of the same sender to the same key. */
export function isRaced(exchange: Racing): boolean {
  return raced.has(exchange)
}

/** The keys of a request as decoded paths: the key in its path, or the keys of the DeleteObjects entries. */
function keysOf({ request: { path, entries } }: Racing): string[] {
  const decoded = decodedPath(path)
  return entries?.map(({ key }) => `${decoded.replace(/\/$/, '')}/${key}`) ?? [decoded]
}
