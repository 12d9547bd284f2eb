import { setTimeout } from 'node:timers/promises'
import { type ForwardedRequest, startTamperingProxy, type TamperingProxy } from '../wire/tampering-proxy'
import { errorXml } from '../wire/xml'

/** What happens to a request instead of being forwarded. */
export type Fault =
  /** It fails with this status and is not forwarded. */
  | {
      readonly status: number
      readonly code?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly region?: string
    }
  /** The connection breaks. */
  | 'reset'
  /** It gets no response. */
  | 'hang'
  /** It takes this many milliseconds longer. */
  | { readonly delay: number }
  /** It returns 200 immediately and is forwarded this many milliseconds later. */
  | { readonly late: number }
  /** It is forwarded, and its response gets these headers. */
  | { readonly add: Readonly<Record<string, string>> }

/**
 * Starts a proxy in front of a store that simulates cloud failures: some requests fail instead of being forwarded. It
 * keeps the signatures of the others.
 * @param upstream base URL of the store
 * @param faultOf chooses the fault of a request; undefined forwards it
 * @param clock milliseconds by which the store's clock seems to be ahead
 */
export function startFaultyCloud(
  upstream: string,
  faultOf: (request: ForwardedRequest) => Fault | undefined,
  clock = 0,
): Promise<TamperingProxy> {
  const added = new WeakMap<ForwardedRequest, Readonly<Record<string, string>>>()
  const date = () => (clock ? { date: new Date(Date.now() + clock).toUTCString() } : {})
  return startTamperingProxy(upstream, {
    async request(request) {
      const fault = faultOf(request)
      if (fault === undefined || typeof fault === 'string') return fault
      if ('late' in fault) return { status: 200, headers: date(), forwardAfterMs: fault.late }
      if ('delay' in fault) await setTimeout(fault.delay)
      if ('add' in fault) added.set(request, fault.add)
      if (!('status' in fault)) return undefined
      const { status, code = '', headers, region } = fault
      const error = { Code: code, Message: 'Injected by a proxy.', ...(region && { Region: region }) }
      return {
        status,
        headers: { 'content-type': 'application/xml', ...headers, ...date() },
        body: request.method === 'HEAD' ? '' : errorXml(error),
      }
    },
    response: (request, response) => ({
      ...response,
      headers: { ...response.headers, ...added.get(request), ...date() },
    }),
  })
}

/** Returns a generator of pseudorandom numbers from 0 to 1, the same in every run. */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
