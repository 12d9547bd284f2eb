// What a check expects of a store, and what it saw the store do. Matchers make these values, the judge compares them,
// baselines store them and reports group them. No program reads a sentence made from them: `sentence.ts` makes it, last.

/** How much a deviation matters, worst first; `docs` and README say what each one means. */
export const SEVERITIES = ['data', 'status', 'detail'] as const

/**
 * `data`: a caller can lose data, or is told something false about it. `status`: another status. `detail`: the same
 * status, and another code, Condition, Header, message or header.
 */
export type Severity = (typeof SEVERITIES)[number]

/** What of a response is the same in every run. */
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

/** How something that has a name differs from what is expected; `same`, if it is expected to differ. */
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
 * One thing that a store was seen to do: plain JSON, and the same in every run. So it has names, and no values that a
 * run draws or a store makes up.
 */
export type Observation =
  /** The response to a request of the spec. */
  | ({ readonly kind: 'response' } & ResponseFields)
  /** The response to one of several requests that compete, which did not succeed. */
  | ({ readonly kind: 'loser' } & ResponseFields)
  /** A matcher could not look at a key or an upload: the response to its own request. */
  | ({ readonly kind: 'look' } & ResponseFields)
  /** A request that broke, and of which nothing is recorded. */
  | { readonly kind: 'connection'; readonly error: string }
  /** Of the requests that compete. */
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
  /** What a look at a key has shown. */
  | { readonly kind: 'object'; readonly holds: Held }
  | { readonly kind: 'object'; readonly changed: 'bytes' | 'etag' | 'metadata' | 'last-modified' }
  | { readonly kind: 'versions'; readonly versions: number; readonly deleteMarkers: number }
  | { readonly kind: 'versions'; readonly changed: 'ids' }
  | { readonly kind: 'versions'; readonly gained: 'none' | 'several' }
  /** What a look at an upload has shown: the numbers of its parts. */
  | { readonly kind: 'parts'; readonly parts: readonly number[] | 'upload is gone' }
  /** What several requests led to together, whatever their order. */
  | { readonly kind: 'outcome'; readonly is: 'other' }
  /** A plain assertion of Vitest failed: the nth `expect` of the test, and its matcher. */
  | { readonly kind: 'assertion'; readonly matcher: string; readonly nth: number }

/** What Amazon S3 does, for a sentence and for groups; its values can differ from run to run, so that no baseline has it. */
export type Expectation =
  | {
      readonly kind: 'failure'
      readonly status?: number
      readonly code?: string
      readonly elements: Readonly<Record<string, string>>
    }
  | { readonly kind: 'success'; readonly status: number }
  | { readonly kind: 'not modified' }
  | { readonly kind: 'any response' }
  /** Null: the response does not have it. */
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
  /** Of a look: the key or the upload is as its fixture left it. */
  readonly unchanged?: boolean
  /** It is so whatever became of the requests that got no response. */
  readonly certain?: boolean
  /** For people: what differs from run to run, such as how many clients won. */
  readonly note?: string
}

/** Observations in one form, so that equal ones are equal texts: sorted, each of them once. */
export function canonical(observations: readonly Observation[]): Observation[] {
  return [...new Set(observations.map(textOf))].sort().map((text) => JSON.parse(text))
}

/** Whether two lists have the same observations, in any order. */
export function isSame(some: readonly Observation[], others: readonly Observation[]): boolean {
  return JSON.stringify(canonical(some)) === JSON.stringify(canonical(others))
}

/** Whether each of some observations is one of others. */
export function isWithin(some: readonly Observation[], others: readonly Observation[]): boolean {
  const texts = new Set(others.map(textOf))
  return some.every((one) => texts.has(textOf(one)))
}

/** The worst of some severities; `detail` of none. */
export function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'detail'
}

/** An observation as JSON, its members in one order. */
function textOf(observation: Observation): string {
  const { kind, ...members } = observation
  return JSON.stringify(observation, ['kind', ...Object.keys(members).sort()])
}
