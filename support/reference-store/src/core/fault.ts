import type { OperationName } from './operations.ts'

// This file is part of the package's public types, which must not depend on Node's types.

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
  /** The operation's name in the SDK, or `*` for every operation that the fault applies to. */
  readonly operation: OperationName | '*'
  /** Restricts the fault to requests for this key, including DeleteObjects requests with an entry for this key. */
  readonly key?: string
  /** Restricts the fault to requests for this bucket. */
  readonly bucket?: string
  /** The number of requests to affect. Default: all. */
  readonly times?: number
  /** Required for `latency`, and not allowed for other faults. */
  readonly milliseconds?: number
}

export interface Faults {
  /** @throws TypeError for a fault that can never happen */
  add(fault: Fault): void
  clear(): void
  /** Returns the pending faults in the order in which they were added. */
  list(): readonly Fault[]
}
