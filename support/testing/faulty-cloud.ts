import { setTimeout } from 'node:timers/promises'
import type { LoopbackServer } from '../wire/loopback'
import { type ForwardedRequest, startTamperingProxy } from '../wire/tampering-proxy'
import { errorXml } from '../wire/xml'

/** What the proxy does to a request. */
export type Fault =
  /** The request fails with this status and is not forwarded. */
  | {
      readonly status: number
      readonly code?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly region?: string
    }
  /** The connection is reset. */
  | 'reset'
  /** The request gets no response. */
  | 'hang'
  /** The request is forwarded after this delay, in milliseconds. */
  | { readonly delay: number }
  /** The proxy returns 200 immediately, but forwards the request only after this delay, in milliseconds. */
  | { readonly late: number }
  /** The request is forwarded, and these headers are added to its response. */
  | { readonly add: Readonly<Record<string, string>> }

/**
 * Starts a proxy that forwards requests to a store and simulates failures of a cloud service. Forwarded requests keep
 * their original signatures.
 * @param upstream base URL of the store
 * @param faultOf chooses the fault for a request, or returns undefined to forward the request unchanged
 * @param clock the number of milliseconds by which the store's clock appears to run ahead
 */
export function startFaultyCloud(
  upstream: string,
  faultOf: (request: ForwardedRequest) => Fault | undefined,
  clock = 0,
): Promise<LoopbackServer> {
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

/** Returns a generator of pseudorandom numbers between 0 and 1. The same seed yields the same numbers. */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
