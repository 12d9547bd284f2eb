import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import type { SuiteOptions, TestOptions } from 'vitest'
import { idOf, type KnownFact } from './evidence/catalogue'
import type { Severity } from './observation'
import type { Promised } from './promises'
import type { Capability } from './stores/store'

/** The option of a test that names the facts behind it: `evidence(facts.P02)`. */
export function evidence(...some: readonly KnownFact[]): TestOptions {
  return { meta: { evidence: some.map(idOf) } }
}

/**
 * GetObject and HeadObject, for `test.for(reads)('%s returns …', …)`. Both return the same status and headers. Titles
 * use their `toString`, since Vitest quotes a `$name`.
 */
export const reads = [
  { Read: GetObjectCommand, toString: () => 'GetObject' },
  { Read: HeadObjectCommand, toString: () => 'HeadObject' },
] as const

/**
 * Returns the options of a `describe`: its page of the Amazon S3 user guide, and the options that its tests share.
 * @param page `conditional-writes`
 * @param options `needs`: capabilities that the tests need, in addition to those of their fixtures and matchers.
 * `severity`: the severity of a failed plain Vitest assertion, `detail` if omitted. `promise`: the promise that a store
 * keeps if these checks hold
 */
export function docs(page: string, { needs = [], severity, promise }: DocsOptions = {}): SuiteOptions {
  return { meta: { docs: page, needs, ...(severity && { severity }), ...(promise && { promise }) } }
}

interface DocsOptions {
  needs?: Capability[]
  severity?: Severity
  promise?: Promised
}
