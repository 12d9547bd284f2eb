import { decodedPath } from './keys'

/** What of an exchange tells whether it runs a race. */
interface Sent {
  readonly by: string
  readonly request: { readonly path: string; readonly entries?: readonly { readonly key: string }[] }
  readonly response?: object
}

/** Those that were under way at the same time as another one of their sender to the same key. */
const raced = new WeakSet<Sent>()

/**
 * Notes which requests one that is about to be sent runs a race with.
 * @param sent all that was sent before
 * @param attempts those of the same request, of which each ends before the next
 */
export function noteRaces(exchange: Sent, sent: readonly Sent[], attempts: readonly Sent[]): void {
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

/** Whether a request was under way at the same time as another one of its sender to the same key. */
export function isRaced(exchange: Sent): boolean {
  return raced.has(exchange)
}

/** The keys of a request as decoded paths: that in its path, or, of DeleteObjects, those of its entries. */
function keysOf({ request: { path, entries } }: Sent): string[] {
  const decoded = decodedPath(path)
  return entries?.map(({ key }) => `${decoded.replace(/\/$/, '')}/${key}`) ?? [decoded]
}
