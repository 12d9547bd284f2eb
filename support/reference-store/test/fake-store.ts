import type { Fault } from '../src/core/fault.ts'
import type { StoreRequest, StoreResponse } from '../src/core/message.ts'
import type { Pending, Store } from '../src/core/store.ts'
import { OPTIONS } from './store.ts'

/** A store for transport tests. It records requests, and returns the responses that a test sets. */
export interface FakeStore extends Store {
  readonly finished: StoreRequest[]
  readonly logged: string[]
  abandoned: number
  reserved: number
  resets: number
  early?: StoreResponse
  respond: (request: StoreRequest) => StoreResponse | Promise<StoreResponse>
}

export function newFakeStore(maxBytes = 1024 * 1024, verifySignatures = false): FakeStore {
  let faults: Fault[] = []
  const logged: string[] = []
  const store: FakeStore = {
    options: {
      ...OPTIONS,
      maxBytes,
      verifySignatures,
      now: () => new Date('2026-11-25T10:11:12Z'),
      log: (line) => void logged.push(line),
    },
    faults: {
      add: (fault) => void faults.push(fault),
      clear: () => {
        faults = []
      },
      list: () => faults,
    },
    finished: [],
    logged,
    abandoned: 0,
    reserved: 0,
    resets: 0,
    respond: () => ({ status: 200, headers: { ETag: '"a"' }, body: [] }),
    reset: () => void store.resets++,
    receive(head): Pending {
      let isFull = false
      return {
        ...(store.early && { early: store.early }),
        reserve(bytes) {
          isFull ||= store.reserved + bytes > maxBytes
          if (!isFull) store.reserved += bytes
          return !isFull
        },
        async finish(body, trailers) {
          const request = { ...head, ...(body && { body }), ...(trailers && { trailers }) }
          store.finished.push(request)
          return isFull
            ? { status: 503, headers: {}, body: [Buffer.from('<Code>SlowDown</Code>')] }
            : store.respond(request)
        },
        abandon: () => void store.abandoned++,
      }
    },
  }
  return store
}
