import type { OperationName } from './operations.ts'

// Part of the package's public types, which must not need the types of Node.

export const FAULTS = [
  'conflict',
  'lost-response',
  'unavailable',
  'error-in-200',
  'released-meanwhile',
  'latency',
] as const

/** A fault that waits for matching requests. */
export interface Fault {
  readonly fault: (typeof FAULTS)[number]
  /** A name of the SDK, or `*` for every operation that can have the fault. */
  readonly operation: OperationName | '*'
  /** Matches requests to this key; for DeleteObjects, an entry with this key. */
  readonly key?: string
  /** Matches requests to this bucket. */
  readonly bucket?: string
  /** The number of requests. Default: all. */
  readonly times?: number
  /** Required for `latency`. */
  readonly milliseconds?: number
}

/** The faults of a store. */
export interface Faults {
  /** @throws TypeError for a fault that can never happen */
  add(fault: Fault): void
  /** Removes all faults. */
  clear(): void
  /** Returns the waiting faults in the order of `add`. */
  list(): readonly Fault[]
}
