import { type Credentials, openUpstream, type Passing, passOn, type RunningProxy, signer, startProxy } from './proxy'
import { type StoreResponse, sendChanged, withBody } from './tamper'

export type { Passing } from './proxy'

/** What the liar says instead of the store; `'nothing'` closes the connection. */
export type Replacement = { readonly status: number; readonly body?: string } | 'nothing'

export interface Tamper {
  /** Called before a request is passed on; what it returns is said at once, and the store hears nothing. */
  request?(passing: Passing): Replacement | undefined | Promise<Replacement | undefined>
  /** Called with the store's status; what it returns is said instead of the store's answer. */
  answer?(passing: Passing, status: number): Replacement | undefined
  /** Called with the body of a POST; what it returns is sent instead. */
  body?(passing: Passing, body: string): string | Promise<string>
  /** Called with the store's answer; what it returns is said instead. */
  change?(passing: Passing, answer: StoreResponse): StoreResponse
}

export type TamperingProxy = RunningProxy

/**
 * A proxy in front of a store that tells a lie, to see the suite catch it.
 * @param upstream base URL of the store, `http://127.0.0.1:4566`
 * @param credentials those of the store: requests are signed anew with them, so that a store that verifies signatures
 * does not notice that a header is missing
 */
export async function startTamperingProxy(
  upstream: string,
  tamper: Tamper,
  credentials?: Credentials,
): Promise<TamperingProxy> {
  const sign = credentials && signer(credentials)
  const store = openUpstream(upstream)
  const proxy = await startProxy(async (incoming, outgoing) => {
    const say = (said: Replacement) => {
      incoming.resume()
      if (said === 'nothing') incoming.socket.destroy()
      else outgoing.writeHead(said.status, { 'content-type': 'application/xml' }).end(said.body)
    }
    const { method = '', url: path = '' } = incoming
    const passing: Passing = { method, path, headers: { ...incoming.headers } }
    const said = await tamper.request?.(passing)
    if (said) return say(said)

    try {
      const change = method === 'POST' ? tamper.body : undefined
      const body = change ? await withBody(passing.headers, incoming, (was) => change(passing, was)) : incoming
      const headers = sign && passing.headers.authorization ? await sign(passing) : passing.headers
      const answer = await store.send({ method, path, headers }, body)
      const instead = tamper.answer?.(passing, answer.statusCode ?? 502)
      if (!instead && tamper.change)
        return await sendChanged(answer, outgoing, (was) => tamper.change?.(passing, was) ?? was)
      if (!instead) return passOn(answer, outgoing)
      answer.resume()
      say(instead)
    } catch {
      incoming.socket.destroy()
    }
  })
  const close = async () => {
    await proxy.close()
    store.close()
  }
  return { ...proxy, close }
}
