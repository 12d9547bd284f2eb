// What a check expects of a store, and what it observes. Matchers make these values, the judge compares them, baselines
// store them, and reports group them. `sentence.ts` turns them into sentences, last. No program reads such a sentence.

/** How much a deviation matters, worst first. */
export const SEVERITIES = ['data', 'status', 'detail'] as const

/**
 * `data`: a caller can lose data, or is told something false about it. `status`: another status. `detail`: the same
 * status, and another code, Condition, Header, message or header.
 */
export type Severity = (typeof SEVERITIES)[number]

/** The parts of a response that are the same in every run. */
export interface ResponseFields {
  /** The S3 operation, `PutObject`, or the method of a request that the SDK did not send. */
  readonly operation: string
  /** Absent if no response came. */
  readonly status?: number
  /** Elements of the error's XML. */
  readonly code?: string
  readonly condition?: string
  readonly header?: string
  /** `error in success`: the status is 200 and the body is an error. The others: the body cannot be read. */
  readonly body?: 'error in success' | 'not XML' | 'unreadable by the SDK'
}

/** How a named element, header or member differs from the expected one. `same`: it should differ and does not. */
export type Difference = 'missing' | 'other' | 'unexpected' | 'same'

/** What a key holds; `writer` stands for one of several clients that write at the same time. */
export type Held =
  | 'nothing'
  | 'delete marker'
  | 'object'
  | 'other bytes'
  | 'bytes from before'
  | 'bytes of a failed writer'
  | 'bytes of no writer'

/**
 * One thing that a store did. It is plain JSON and the same in every run: it has names, and no values that are generated
 * by a run or by the store.
 */
export type Observation =
  /** The response to a request of the spec. */
  | ({ readonly kind: 'response' } & ResponseFields)
  /** The response to a concurrent request that did not win. */
  | ({ readonly kind: 'loser' } & ResponseFields)
  /** A matcher could not read a key or an upload: the response to its own request. */
  | ({ readonly kind: 'look' } & ResponseFields)
  /** A connection that broke before anything of its request was recorded. */
  | { readonly kind: 'connection'; readonly error: string }
  /** How many of several concurrent requests succeeded, if not one. */
  | { readonly kind: 'race'; readonly winners: 'none' | 'several' }
  /** An element of the error's XML, a header of the response in lower case, or a member of the SDK's output. */
  | {
      readonly kind: 'element' | 'header' | 'member'
      readonly operation: string
      readonly name: string
      readonly is: Difference
    }
  /** An entry of a DeleteObjects response: `failed` is listed under Errors; `name` is one of its elements there. */
  | { readonly kind: 'entry'; readonly is: 'missing' | 'deleted' | 'unexpected' }
  | { readonly kind: 'entry'; readonly is: 'failed'; readonly code: string }
  | { readonly kind: 'entry'; readonly is: 'missing' | 'other'; readonly name: string }
  /** An ETag, compared with the MD5 of the bytes. */
  | { readonly kind: 'etag'; readonly is: 'missing' | 'unquoted' | 'other' | 'MD5' }
  /** The SDK compared the bytes of an object with the checksum that came with them. */
  | { readonly kind: 'checksum'; readonly is: 'other' }
  /** What a key has now, or what of it has changed. */
  | { readonly kind: 'object'; readonly holds: Held }
  | { readonly kind: 'object'; readonly changed: 'bytes' | 'etag' | 'metadata' | 'last-modified' }
  | { readonly kind: 'versions'; readonly versions: number; readonly deleteMarkers: number }
  | { readonly kind: 'versions'; readonly changed: 'ids' }
  | { readonly kind: 'versions'; readonly gained: 'none' | 'several' }
  /** The part numbers of an upload. */
  | { readonly kind: 'parts'; readonly parts: readonly number[] | 'upload is gone' }
  /** What several requests led to together. */
  | { readonly kind: 'outcome'; readonly is: 'other' }
  /** A plain assertion of Vitest failed: the nth `expect` of the test, and its matcher. */
  | { readonly kind: 'assertion'; readonly matcher: string; readonly nth: number }

/** What Amazon S3 does. Its values can differ from run to run, so baselines do not store it. */
export type Expectation =
  | {
      readonly kind: 'failure'
      readonly status?: number
      readonly code?: string
      readonly elements: Readonly<Record<string, string>>
    }
  /** `status` is absent if the spec does not assert it. */
  | { readonly kind: 'success'; readonly status?: number }
  | { readonly kind: 'not modified' }
  | { readonly kind: 'any response' }
  /** `null`: the header is absent. */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string | null>> }
  /** Values as JSON text. */
  | { readonly kind: 'members'; readonly members: Readonly<Record<string, string>>; readonly not: boolean }
  | { readonly kind: 'deleted'; readonly keys: readonly string[]; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'no object' }
  | { readonly kind: 'versions'; readonly versions: number; readonly deleteMarkers: number }
  | { readonly kind: 'parts'; readonly parts: readonly number[] }
  | { readonly kind: 'one winner'; readonly requests: number }
  /** `412 PreconditionFailed`. */
  | { readonly kind: 'losers'; readonly errors: readonly string[] }
  | { readonly kind: 'body of the winner' }
  | { readonly kind: 'one version more' }
  | { readonly kind: 'etag'; readonly md5: string }
  /** As JSON text. */
  | { readonly kind: 'outcome'; readonly outcome: string }
  | { readonly kind: 'assertion'; readonly message: string }

/** What a failed assertion found. */
export interface Finding {
  readonly expected: Expectation
  readonly observed: readonly Observation[]
  readonly severity: Severity
  /** The key or the upload is as its fixture left it. */
  readonly unchanged?: boolean
  /** A request succeeded that fails on S3, and nothing is lost by it: its condition is true, or there was nothing to lose. */
  readonly harmless?: boolean
  /** The finding does not depend on requests that got no response. */
  readonly certain?: boolean
  /** Only for display: what differs from run to run, such as the number of winners. */
  readonly note?: string
}

/** Sorted and without duplicates, so that equal lists have equal JSON. */
export function canonical(observations: readonly Observation[]): Observation[] {
  return [...new Set(observations.map(textOf))].sort().map((text) => JSON.parse(text))
}

/** Whether two lists have the same observations, in any order. */
export function isSame(some: readonly Observation[], others: readonly Observation[]): boolean {
  return JSON.stringify(canonical(some)) === JSON.stringify(canonical(others))
}

/** Whether every observation of the first list is in the second one. */
export function isWithin(some: readonly Observation[], others: readonly Observation[]): boolean {
  const texts = new Set(others.map(textOf))
  return some.every((one) => texts.has(textOf(one)))
}

/** The worst severity of a list; `detail` if it is empty. */
export function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'detail'
}

/** An observation as JSON, its members in one order. */
function textOf(observation: Observation): string {
  const { kind, ...members } = observation
  return JSON.stringify(observation, ['kind', ...Object.keys(members).sort()])
}
