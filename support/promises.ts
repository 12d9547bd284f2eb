/** The promises of a store about conditional requests. The options of a `describe` name the promise of its checks. */
export const PROMISES = [
  'create once',
  'compare-and-swap',
  'source of a copy',
  'destination of a copy',
  'delete',
  'complete an upload',
] as const
export type Promised = (typeof PROMISES)[number]

/** A check that belongs to a promise. */
export interface PromisedCheck {
  readonly id: string
  readonly promise: Promised
  /** Whether the check is a race. */
  readonly race: boolean
}
