import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import type { SuiteOptions, TestOptions } from 'vitest'
import type { FactId } from './evidence/catalogue'
import type { Row } from './judge/meta'
import type { Returned } from './matchers/matchers'
import type { Severity } from './observation'
import type { Promised } from './promises'
import type { Capability } from './stores/store'

/** Options of a test: the facts of the catalogue (`support/evidence`) that it rests on. */
export function evidence(...ids: FactId[]): TestOptions {
  return { meta: { evidence: ids } }
}

/** The same for a test that needs a capability which the other tests of its file do not need. */
export function needing(capability: Capability, ...ids: FactId[]): TestOptions {
  return { meta: { evidence: ids, needs: [capability] } }
}

/**
 * Options of a test that is a row of a table: what Amazon S3 returns, as `toBeAnswered` takes it, the conditions that are
 * sent, and the facts that it rests on.
 */
export function answering(answer: Returned, row: Row, ...ids: FactId[]): TestOptions {
  return { meta: { evidence: ids, answer, row } }
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
 * Options of a `describe`: where AWS describes the behaviour, and the capabilities that it needs. Its tests run
 * concurrently: they are independent, and some wait for a second.
 * @param page of the Amazon S3 user guide, `conditional-writes`
 * @param options `severity`: how much it matters if a plain assertion of Vitest fails, `detail` without it. `promise`: what
 * a store protects if these checks hold
 */
export function guide(
  page: string,
  { needs = [], timeout = 30_000, severity, promise }: GuideOptions = {},
): SuiteOptions {
  const meta = { docs: page, needs, ...(severity && { severity }), ...(promise && { promise }) }
  return { meta, concurrent: true, timeout }
}

interface GuideOptions {
  needs?: Capability[]
  timeout?: number
  severity?: Severity
  promise?: Promised
}

/**
 * The same for races: each runs alone, so that other tests do not delay its clients.
 * @param options those of all its tests, such as `rounds(10)`; `promise`: what a store protects, also from several clients,
 * if these checks hold
 */
export function race(page: string, { promise, ...options }: TestOptions & { promise?: Promised } = {}): SuiteOptions {
  return { ...guide(page, { promise }), concurrent: false, ...options }
}
