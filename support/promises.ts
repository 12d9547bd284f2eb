/** What conditions protect from, as a user of a store asks for it. A `describe` says to which its checks belong. */
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
  /** Whether several clients race in it. */
  readonly race: boolean
}
