import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import type { SuiteOptions, TestOptions } from 'vitest'
import { idOf, type KnownFact } from './evidence/catalogue'
import type { Severity } from './observation'
import type { Promised } from './promises'
import type { Capability } from './stores/store'

/** Options of a test: the facts that it is based on, `evidence(facts.P02)`. */
export function evidence(...some: readonly KnownFact[]): TestOptions {
  return { meta: { evidence: some.map(idOf) } }
}

/**
 * The two reads, for `test.for(reads)('%s returns …', …)`: both return the same status and headers. Titles use their
 * `toString`, since Vitest quotes a `$name`.
 */
export const reads = [
  { Read: GetObjectCommand, toString: () => 'GetObject' },
  { Read: HeadObjectCommand, toString: () => 'HeadObject' },
] as const

/**
 * Options of a `describe`: the page of the Amazon S3 user guide, and what its tests have in common.
 * @param page `conditional-writes`
 * @param options `needs`: capabilities that the tests need, in addition to those of their fixtures and matchers.
 * `severity`: of a failed assertion of plain Vitest, `detail` if omitted. `promise`: what a store promises if these
 * checks hold
 */
export function docs(page: string, { needs = [], severity, promise }: DocsOptions = {}): SuiteOptions {
  return { meta: { docs: page, needs, ...(severity && { severity }), ...(promise && { promise }) } }
}

interface DocsOptions {
  needs?: Capability[]
  severity?: Severity
  promise?: Promised
}
