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

/** A fault to inject into matching requests. */
export interface Fault {
  readonly fault: (typeof FAULTS)[number]
  /** The operation's name in the SDK, or `*` for every operation that supports the fault. */
  readonly operation: OperationName | '*'
  /** Restricts the fault to requests for this key, including DeleteObjects requests with an entry for this key. */
  readonly key?: string
  /** Restricts the fault to requests for this bucket. */
  readonly bucket?: string
  /** The number of requests that the fault affects. Default: all matching requests. */
  readonly times?: number
  /** Required for `latency`, and not allowed for other faults. */
  readonly milliseconds?: number
}

export interface Faults {
  /** @throws TypeError for an invalid fault, such as `conflict` for GetObject */
  add(fault: Fault): void
  clear(): void
  /** Returns the pending faults in the order in which they were added. */
  list(): readonly Fault[]
}
