// Data types for what a check expects and for what it observes when it runs against a store. Matchers create the
// values, the judge compares them, baselines store them, and reports group them. `sentence.ts` turns them into
// sentences for display only: no code parses the sentences.

/** The severities of a deviation, worst first. */
export const SEVERITIES = ['data', 'status', 'detail'] as const

/**
 * `data`: a client can lose data or get wrong information about its data. `status`: the response has a different
 * status. `detail`: the status is the same, but an element of the error or a response header differs.
 */
export type Severity = (typeof SEVERITIES)[number]

/**
 * `error in success`: the status is 200, but the body is an error. The other values mean that the body cannot be
 * parsed.
 */
export const BODIES = ['error in success', 'not XML', 'unreadable by the SDK'] as const

/** The parts of a response that are the same in every run. */
export interface ResponseFields {
  /** The S3 operation, such as `PutObject`, or the HTTP method if the request was not sent by the SDK. */
  readonly operation: string
  /** Absent if no response was received. */
  readonly status?: number
  /** `code`, `condition` and `header` are elements of the error's XML. */
  readonly code?: string
  readonly condition?: string
  readonly header?: string
  readonly body?: (typeof BODIES)[number]
}

/**
 * How an element, header or member deviates from what the spec expects. `same` means that it has exactly the value that
 * the spec excludes with `not`.
 */
export const DIFFERENCES = ['missing', 'other', 'unexpected', 'same'] as const
export type Difference = (typeof DIFFERENCES)[number]

/** The possible contents of a key. A “writer” is one of several concurrent clients. */
export const KEY_CONTENTS = [
  'nothing',
  'delete marker',
  'object',
  'other bytes',
  'bytes from before',
  'bytes of a failed writer',
  'bytes that no writer sent',
] as const
export type KeyContent = (typeof KEY_CONTENTS)[number]

/** The parts of an object that can change. */
export const OBJECT_PARTS = ['bytes', 'etag', 'metadata', 'last-modified'] as const

/** The possible results of comparing an ETag with the MD5 of the bytes. */
export const ETAG_FORMS = ['missing', 'unquoted', 'other', 'MD5'] as const

/**
 * One observation of a store's behaviour, as plain JSON. Repeated runs yield identical observations, because an
 * observation contains no values that a run or a store generates, such as keys, ETags or version ids.
 */
export type Observation =
  /** The response to a request that the spec sent. */
  | ({ readonly kind: 'response' } & ResponseFields)
  /** The response to a concurrent request that did not win. */
  | ({ readonly kind: 'loser' } & ResponseFields)
  /** The response to a matcher's failed attempt to read a key or an upload. */
  | ({ readonly kind: 'look' } & ResponseFields)
  /** A connection that failed before a request was recorded. */
  | { readonly kind: 'connection'; readonly error: string }
  /** The number of concurrent requests that succeeded, if not exactly one. */
  | { readonly kind: 'race'; readonly winners: 'none' | 'several' }
  /**
   * A difference in an element of the error's XML, in a response header (name in lower case), or in a member of the
   * SDK's output.
   */
  | {
      readonly kind: 'element' | 'header' | 'member'
      readonly operation: string
      readonly name: string
      readonly is: Difference
    }
  /**
   * A difference in an entry of a DeleteObjects response. A `failed` entry is listed under Errors. `name` is the name
   * of the element that is missing or has an unexpected value.
   */
  | { readonly kind: 'entry'; readonly is: 'missing' | 'deleted' | 'unexpected' }
  | { readonly kind: 'entry'; readonly is: 'failed'; readonly code: string }
  | { readonly kind: 'entry'; readonly is: 'missing' | 'other'; readonly name: string }
  | { readonly kind: 'etag'; readonly is: (typeof ETAG_FORMS)[number] }
  /** The bytes of an object do not match the checksum in the response, according to the SDK. */
  | { readonly kind: 'checksum'; readonly is: 'other' }
  /** The current content of a key, or the part of its object that changed. */
  | { readonly kind: 'object'; readonly holds: KeyContent }
  | { readonly kind: 'object'; readonly changed: (typeof OBJECT_PARTS)[number] }
  | { readonly kind: 'versions'; readonly versions: number; readonly deleteMarkers: number }
  | { readonly kind: 'versions'; readonly changed: 'ids' }
  | { readonly kind: 'versions'; readonly gained: 'none' | 'several' }
  | { readonly kind: 'parts'; readonly parts: readonly number[] | 'upload is gone' }
  /** The combined outcome of several requests. */
  | { readonly kind: 'outcome'; readonly is: 'other' }
  /** A failed plain Vitest assertion, identified by its matcher and the position of its `expect` in the test. */
  | { readonly kind: 'assertion'; readonly matcher: string; readonly nth: number }

/**
 * The behaviour that an assertion expects. Baselines do not store it, because the expected values can differ from run
 * to run.
 */
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
  /** `null` if the header is expected to be absent. */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string | null>> }
  /** The expected values are JSON text. */
  | { readonly kind: 'members'; readonly members: Readonly<Record<string, string>>; readonly not: boolean }
  | { readonly kind: 'deleted'; readonly keys: readonly string[]; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'no object' }
  | { readonly kind: 'versions'; readonly versions: number; readonly deleteMarkers: number }
  | { readonly kind: 'parts'; readonly parts: readonly number[] }
  | { readonly kind: 'one winner'; readonly requests: number }
  /** Each error has the form `412 PreconditionFailed`. */
  | { readonly kind: 'losers'; readonly errors: readonly string[] }
  | { readonly kind: 'body sent by the winner' }
  | { readonly kind: 'one version more' }
  | { readonly kind: 'etag'; readonly md5: string }
  /** `outcome` is JSON text. */
  | { readonly kind: 'outcome'; readonly outcome: string }
  | { readonly kind: 'assertion'; readonly message: string }

/** The result of a failed assertion. */
export interface Finding {
  readonly expected: Expectation
  readonly observed: readonly Observation[]
  readonly severity: Severity
  /** The key or upload has not changed since its fixture was set up. */
  readonly unchanged?: boolean
  /**
   * The store accepted a request that Amazon S3 rejects, but no data was lost: the request's condition was true,
   * or there was no data to lose.
   */
  readonly harmless?: boolean
  /** The finding is valid even if other requests in the test got no response. */
  readonly certain?: boolean
  /** For display only: details that differ from run to run, such as the number of winners. */
  readonly note?: string
}

/** Sorts observations and removes duplicates. Lists of the same observations then serialize to the same JSON. */
export function canonical(observations: readonly Observation[]): Observation[] {
  return [...new Set(observations.map(textOf))].sort().map((text) => JSON.parse(text))
}

/** Whether two lists contain the same observations, in any order. */
export function isSame(some: readonly Observation[], others: readonly Observation[]): boolean {
  return JSON.stringify(canonical(some)) === JSON.stringify(canonical(others))
}

/** Whether every observation in the first list is also in the second list. */
export function isWithin(some: readonly Observation[], others: readonly Observation[]): boolean {
  const texts = new Set(others.map(textOf))
  return some.every((one) => texts.has(textOf(one)))
}

/** Returns the worst of the given severities, or `detail` if the list is empty. */
export function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'detail'
}

/** Formats an observation as JSON, with its members in a fixed order. */
function textOf(observation: Observation): string {
  const { kind, ...members } = observation
  return JSON.stringify(observation, ['kind', ...Object.keys(members).sort()])
}
