/** The promises that a store can keep. The options of a `describe` name the promise that its checks test. */
export const PROMISES = [
  'create once',
  'compare-and-swap',
  'source of a copy',
  'destination of a copy',
  'delete',
  'complete an upload',
] as const
export type Promised = (typeof PROMISES)[number]

export interface PromisedCheck {
  readonly id: string
  readonly promise: Promised
  readonly race: boolean
}
