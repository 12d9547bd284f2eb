import { SECOND_USER_ARN } from './core/access.ts'
import type { Fault } from './core/fault.ts'
import { newStore, type Store } from './core/store.ts'
import { listen } from './http/server.ts'
import { settingsOf } from './options.ts'
import type { ReferenceStore, ReferenceStoreOptions } from './types.ts'

export type { Fault, ReferenceStore, ReferenceStoreOptions }

/**
 * Matches the log line for an unexpected exception in the store. Without a `log` option, only such lines are printed.
 */
const FAILURE = /^\S+ \S+ → 500 InternalError: /

const MAX_LINES = 1_000

/**
 * Starts an in-memory S3 store, and resolves once the store accepts requests. Each call starts a separate store.
 * @returns the running store; call `close` when it is no longer needed
 * @throws TypeError for an invalid option, before the store is started
 * @throws Error if the store cannot listen on `host` and `port`
 */
export async function startReferenceStore(options: ReferenceStoreOptions = {}): Promise<ReferenceStore> {
  const { port, host, faults, log, ...settings } = settingsOf(options)
  const lines: string[] = []
  const inner = newStore(
    {
      ...settings,
      log(line) {
        lines.push(line)
        if (lines.length > MAX_LINES) lines.shift()
        if (log) log(line)
        else if (FAILURE.test(line)) console.error(line)
      },
    },
    faults,
  )
  const store: Store = {
    ...inner,
    reset() {
      inner.reset()
      lines.length = 0
    },
  }
  const server = await listen(store, { host, port })
  const { region, owner: credentials, secondUser } = settings
  const { endpoint } = server
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= server.close()
    return closed
  }
  return {
    endpoint,
    credentials,
    clientConfig: { endpoint, region, credentials, forcePathStyle: true },
    secondUser: { ...secondUser, arn: SECOND_USER_ARN },
    faults: store.faults,
    get log() {
      return [...lines]
    },
    reset: store.reset,
    close,
    [Symbol.asyncDispose]: close,
  }
}
