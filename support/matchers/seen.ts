/**
 * How bad a deviation is, worst first. `data`: the store wrote, deleted, copied or completed what Amazon S3 refuses, or
 * keeps something else than Amazon S3 does. `answer`: another status. `detail`: the same status, and another code,
 * element or header.
 */
export const LEVELS = ['data', 'answer', 'detail'] as const
export type Level = (typeof LEVELS)[number]

/** What an assertion that failed saw, for the runner to judge. */
export interface Seen {
  /** What the store did, in words that are the same in every run; this is what gets pinned. */
  readonly observed: string
  readonly level: Level
  /** Of a look at a key or upload: it is as its fixture left it. */
  readonly unchanged?: boolean
  /** What many requests come to together: which of them was answered last is a matter of luck. */
  readonly together?: true
  /** It is so whatever has become of another request, to which there was no answer. */
  readonly certain?: true
}
