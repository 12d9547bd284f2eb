import type { OperationName } from './operations.ts'

// The types of faults, apart from the code: they are part of the package's public types, which need no types of Node.

/** What a store does on demand, since nobody can bring it about on Amazon S3. */
export const FAULTS = [
  'conflict',
  'lost-response',
  'unavailable',
  'error-in-200',
  'released-meanwhile',
  'latency',
] as const

/** A fault that waits for the requests that it is for. */
export interface Fault {
  readonly fault: (typeof FAULTS)[number]
  /** By its name in the SDK, or `*` for every operation that can have this fault. */
  readonly operation: OperationName | '*'
  /** Only for requests to this key; for DeleteObjects, if an entry has it. */
  readonly key?: string
  /** Only for requests to this bucket. */
  readonly bucket?: string
  /** How many requests it is for; absent: for all. */
  readonly times?: number
  /** Of `latency`. */
  readonly milliseconds?: number
}

/** The faults of a store. */
export interface Faults {
  /** @throws Error for a fault that can never happen, with the way out */
  add(fault: Fault): void
  /** Removes all faults. */
  clear(): void
  /** The faults that wait, in the order of `add`. */
  list(): readonly Fault[]
}
