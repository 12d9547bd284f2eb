import { answer } from 's3-reference-store/rules'
import { type Lie, startLiar } from '../../proxy/liar'
import { newStore } from '../../reference-store/src/core/store'
import { listen } from '../../reference-store/src/http/server'
import { settingsOf } from '../../reference-store/src/options'
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
  let lie: Lie = {}
  const { port, host, faults, log, ...settings } = settingsOf({ owner: credentials, verifySignatures: true })
  const store = newStore({
    ...settings,
    log: (line) => line.includes('500 InternalError') && console.error(line),
    rules(request, state) {
      const right = answer(request, state)
      return override?.(request, state, right) ?? right
    },
  })
  const server = await listen(store, { host, port })
  const liar = await startLiar(
    server.endpoint,
    {
      request: (passing) => lie.request?.(passing),
      body: (passing, body) => lie.body?.(passing, body) ?? body,
      answer: (passing, status) => lie.answer?.(passing, status),
      change: (passing, answered) => lie.change?.(passing, answered) ?? answered,
    },
    credentials,
  )
  return {
    endpoint: server.endpoint,
    tampering: liar.endpoint,
    become(mutant) {
      store.reset()
      override = mutant && 'override' in mutant ? mutant.override : undefined
      lie = mutant && 'lie' in mutant ? mutant.lie : {}
    },
    async close() {
      await liar.close()
      await server.close()
    },
  }
}
