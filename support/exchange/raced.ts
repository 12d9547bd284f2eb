import { isSamePath } from './keys'

/** What of an exchange tells whether it runs a race. */
interface Sent {
  readonly by: string
  readonly request: { readonly path: string }
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
  const others = sent.filter(
    (other) =>
      other.by === exchange.by &&
      !other.response &&
      isSamePath(other.request.path, exchange.request.path) &&
      !attempts.includes(other),
  )
  for (const racing of others.length > 0 ? [...others, exchange] : []) raced.add(racing)
}

/** Whether a request was under way at the same time as another one of its sender to the same key. */
export function isRaced(exchange: Sent): boolean {
  return raced.has(exchange)
}
