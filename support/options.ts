import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import type { SuiteOptions, TestOptions } from 'vitest'
import { idOf, type KnownFact } from './evidence/catalogue'
import type { Severity } from './observation'
import type { Promised } from './promises'
import type { Capability } from './stores/store'

/** Options of a test: the facts that it rests on, `evidence(facts.P02)`. */
export function evidence(...some: readonly KnownFact[]): TestOptions {
  return { meta: { evidence: some.map(idOf) } }
}

/**
 * The two reads, for `test.for(reads)('%s answers …', …)`: both return the same status and headers. They are named by
 * `toString`, since Vitest puts a `$name` into quotes.
 */
export const reads = [
  { Read: GetObjectCommand, toString: () => 'GetObject' },
  { Read: HeadObjectCommand, toString: () => 'HeadObject' },
] as const

/**
 * Options of a `describe`: where AWS describes the behaviour, and what all of its tests have in common.
 * @param page of the Amazon S3 user guide, `conditional-writes`
 * @param options `needs`: the capabilities that the tests need, beside those of their fixtures and matchers. `severity`:
 * that of a failed assertion of plain Vitest, `detail` if omitted. `promise`: what a store protects if these checks hold
 */
export function docs(page: string, { needs = [], severity, promise }: DocsOptions = {}): SuiteOptions {
  return { meta: { docs: page, needs, ...(severity && { severity }), ...(promise && { promise }) } }
}

interface DocsOptions {
  needs?: Capability[]
  severity?: Severity
  promise?: Promised
}
