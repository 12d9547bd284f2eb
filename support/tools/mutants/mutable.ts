import { evaluate } from 's3-reference-store/rules'
import { newStore } from '../../reference-store/src/core/store'
import { listen } from '../../reference-store/src/http/server'
import { settingsOf } from '../../reference-store/src/options'
import { startTamperingProxy, type Tamper } from '../../wire/tampering-proxy'
import type { Mutant } from './mutant'
import type { Override } from './overrides'

/** The store that specs run against, with the mutant that it is. */
export interface Mutable {
  readonly endpoint: string
  /** Of a proxy in front of it, which tampers with requests and responses. */
  readonly tampering: string
  /** Turns into another store, which is empty. */
  become(mutant?: Mutant): void
  close(): Promise<void>
}

export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

export async function startMutable(): Promise<Mutable> {
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
      request: (passing) => tamper.request?.(passing),
      body: (passing, body) => tamper.body?.(passing, body) ?? body,
      response: (passing, response) => tamper.response?.(passing, response),
    },
    credentials,
  )
  return {
    endpoint: server.endpoint,
    tampering: proxy.endpoint,
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
