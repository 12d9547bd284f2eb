import { accessOf } from './access.ts'
import type { Context, StoreOptions } from './context.ts'
import { conflictError, type Fault, type Faults, newFaults } from './faults.ts'
import { HANDLERS } from './handlers.ts'
import { S3Error, type StoreRequest, type StoreResponse } from './message.ts'
import { readRequest, type S3Request, type Who } from './request.ts'
import { respondError } from './respond.ts'
import { verifySignature } from './signature.ts'
import { newState } from './state.ts'

/** An S3 in memory, without a transport: requests and responses are data. */
export interface Store {
  readonly options: StoreOptions
  readonly faults: Faults
  /** Carries out a whole request. It never rejects: an unexpected exception is logged, and returns 500 InternalError. */
  handle(request: StoreRequest): Promise<StoreResponse>
  /** Begins a request whose body is still on its way. */
  receive(head: StoreRequest): Pending
  /** Drops all buckets and faults. */
  reset(): void
}

/** A request whose head has been read. */
export interface Pending {
  /**
   * The response to a request that fails whatever its body is: a client that waits for `100 Continue` gets it at once,
   * and does not send its body.
   */
  readonly early?: StoreResponse
  /**
   * Reserves memory for bytes of the body that have arrived.
   * @returns false if the store would hold more than `maxBytes`: the transport then calls `finish` without the body
   */
  reserve(bytes: number): boolean
  /** Judges the request, and carries it out; memory that was reserved is released. It never rejects. */
  finish(body: Buffer | undefined, trailers?: Readonly<Record<string, string>>): Promise<StoreResponse>
  /** The client has gone before its body was complete. */
  abandon(): void
}
