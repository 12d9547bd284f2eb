import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FactId } from '../evidence/catalogue'
import type { ExpectedReturn } from '../matchers/matchers'
import { root } from '../paths'
import type { Promised, PromisedCheck } from '../promises'
import { lines } from './json'
import type { Row } from './meta'

/** A test of a spec, as the manifest has it: whoever wants to know what checks there are need not load the specs. */
export interface Check {
  readonly id: string
  /** Path of the spec below `specs`, without the ending. */
  readonly behaviour: string
  readonly title: string
  /** The behaviour's sentence. */
  readonly describe: string
  readonly facts: readonly FactId[]
  /** The page of the Amazon S3 user guide. */
  readonly docs: string
  /** What a store protects if the checks of the behaviour hold, and whether several clients race in this one. */
  readonly promise?: Promised
  readonly race?: boolean
  /** Of a row of a table: what Amazon S3 returns, and which conditions are sent. */
  readonly answer?: ExpectedReturn
  readonly row?: Row
}

/** Made by `npm run docs`; a test holds it against the specs. */
export const MANIFEST = 'support/verdicts/checks.json'

/** All checks, by id. */
export function readChecks(): Check[] {
  return JSON.parse(readFileSync(join(root, MANIFEST), 'utf8'))
}

/** The checks that belong to a promise. */
export function promisedChecks(): PromisedCheck[] {
  return readChecks().flatMap(({ id, promise, race = false }) => (promise ? { id, promise, race } : []))
}

/** The manifest as text, one line for each check. */
export function manifestOf(checks: readonly Check[]): string {
  return `${lines(checks)}\n`
}
