import { evaluate } from 's3-reference-store/rules'
import { newStore } from '../../reference-store/src/core/store'
import { listen } from '../../reference-store/src/http/server'
import { settingsOf } from '../../reference-store/src/options'
import { startTamperingProxy, type Tamper } from '../../wire/tampering-proxy'
import type { Mutant } from './mutant'
import type { Override } from './overrides'

/** A reference store that can be turned into a mutant. */
export interface MutableStore {
  readonly endpoint: string
  /** The endpoint of a tampering proxy in front of the store. */
  readonly proxyEndpoint: string
  /** Empties the store and turns it into the given mutant. Without an argument, the store follows all rules again. */
  become(mutant?: Mutant): void
  close(): Promise<void>
}

export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

export async function startMutableStore(): Promise<MutableStore> {
  let override: Override | undefined
  let tamper: Tamper = {}
  const { port, host, faults, log, ...settings } = settingsOf({ owner: credentials, verifySignatures: true })
  const store = newStore({
    ...settings,
    log: (line) => line.includes('500 InternalError') && console.error(line),
    rules(request, state) {
      const right = evaluate(request, state)
      return override?.(request, state, right) ?? right
    },
  })
  const server = await listen(store, { host, port })
  const proxy = await startTamperingProxy(
    server.endpoint,
    {
      request: (request) => tamper.request?.(request),
      body: (request, body) => tamper.body?.(request, body) ?? body,
      response: (request, response) => tamper.response?.(request, response),
    },
    credentials,
  )
  return {
    endpoint: server.endpoint,
    proxyEndpoint: proxy.endpoint,
    become(mutant) {
      store.reset()
      override = mutant && 'override' in mutant ? mutant.override : undefined
      tamper = mutant && 'tamper' in mutant ? mutant.tamper : {}
    },
    async close() {
      await proxy.close()
      await server.close()
    },
  }
}
