import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import type { SuiteOptions, TestOptions } from 'vitest'
import { idOf, type KnownFact } from './evidence/catalogue'
import type { Severity } from './observation'
import type { Promised } from './promises'
import type { Capability } from './stores/store'

/** Returns the test options that name the facts on which a test is based, for example `evidence(facts.P02)`. */
export function evidence(...some: readonly KnownFact[]): TestOptions {
  return { meta: { evidence: some.map(idOf) } }
}

/**
 * GetObject and HeadObject, for use in `test.for(reads)('%s returns …', …)`. Both return the same status and headers.
 * Titles use `%s`, which calls `toString`, because Vitest would put quotes around the value of a `$name`.
 */
export const reads = [
  { Read: GetObjectCommand, toString: () => 'GetObject' },
  { Read: HeadObjectCommand, toString: () => 'HeadObject' },
] as const

/**
 * Returns the options for a `describe`: the page of the Amazon S3 user guide that documents the behaviour, and any
 * options that apply to all tests in the `describe`.
 * @param page the name of the page, such as `conditional-writes`
 */
export function docs(page: string, { needs = [], severity, promise }: DocsOptions = {}): SuiteOptions {
  return { meta: { docs: page, needs, ...(severity && { severity }), ...(promise && { promise }) } }
}

interface DocsOptions {
  /** The capabilities that the tests need in addition to those of their fixtures and matchers. */
  needs?: Capability[]
  /** The severity of a failed plain Vitest assertion. Defaults to `detail`. */
  severity?: Severity
  /** The promise that a store keeps if these checks hold. */
  promise?: Promised
}
