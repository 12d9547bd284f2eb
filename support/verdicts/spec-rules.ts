import type { RunnerTestCase } from 'vitest'
import { casesOf, type FactResponse } from '../evidence/catalogue'
import { isSamePath } from '../wire/keys'
import { type Exchange, isAccepted, isWrite } from '../wire/record'
import { isAbout } from './silent-changes'

// The rules that every spec must follow on every store. A test that breaks a rule fails with a message that shows how
// to correct the spec.

/** @throws Error if a test names no facts */
export function checkEvidence({ name, meta: { evidence = [] } }: RunnerTestCase): void {
  if (evidence.length === 0) throw new Error(`“${name}” names no evidence. Add evidence(facts.…) to its options.`)
}

/**
 * Requires a matcher to check the key after each failed write, because a store can return an error and still write.
 * Recipes are exempt, because many of their writes fail and they assert only the combined outcome.
 * @throws Error if no matcher checks the key of a failed write
 */
export function checkFailedWrites({ name, file, meta: { exchange = [] } }: RunnerTestCase): void {
  if (isRecipe(file)) return
  const unseen = exchange.find((write, n) => {
    if (write.by !== 'spec' || !isWrite(write) || isAccepted(write) || !write.response) return false
    // PutBucketPolicy does not write to a key.
    if (write.operation === 'PutBucketPolicy') return false
    const looks = exchange.slice(n).filter(({ by }) => by === 'matcher')
    const { path, entries } = write.request
    if (!entries) return !looks.some((look) => isSamePath(look.request.path, path))
    // For DeleteObjects, a matcher needs to check only one of the keys in the request.
    return !entries.some(({ key }) => looks.some((look) => isAbout(look, key)))
  })
  if (unseen) {
    throw new Error(
      `“${name}” does not check the key after a failed ${unseen.operation}. ` +
        'Add an assertion, for example await expect(object).toBeUnchanged() or await expect(key).toHaveNoObject().',
    )
  }
}

/** Whether a file is a recipe. In a recipe, many clients run concurrently, and most of their requests may fail. */
export const isRecipe = ({ name }: { name: string }) => name.startsWith('specs/pattern/')

/** @throws Error if a test writes to the object that it shares with other tests */
export function checkSharedObject({ name, meta: { shared, exchange = [] } }: RunnerTestCase): void {
  if (shared === undefined) return
  const write = exchange.find((sent) => sent.by === 'spec' && isWrite(sent) && isAbout(sent, shared))
  if (!write) return
  throw new Error(`“${name}” sends ${write.operation} to the shared object. Use the fixture \`object\` instead.`)
}

/**
 * Maps an operation or HTTP method to another operation that returns the same statuses. A fact about one also applies
 * to the other.
 */
const SAME_AS: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  GET: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
  UploadPartCopy: 'CopyObject',
}
const baseOperation = (operation: string) => SAME_AS[operation] ?? operation

/**
 * Requires at least one response to match the facts of the check. If the check holds but no response matches, the spec
 * or one of the facts is wrong. For a recipe, only the statuses are compared.
 * @throws Error if no response matches
 */
export function checkFacts({ name, file, meta }: RunnerTestCase): void {
  const sent = (meta.exchange ?? []).filter(({ by }) => by === 'spec')
  const stated = (meta.evidence ?? []).flatMap((id) =>
    casesOf(id).map(({ when, response }) => ({
      id,
      operations: when.operations.map(baseOperation),
      response: isRecipe(file) ? { status: response.status } : response,
    })),
  )
  if (stated.length === 0) return
  const isSeen = stated.some(({ operations, response }) =>
    sent.some((exchange) => operations.includes(baseOperation(exchange.operation)) && isExpected(exchange, response)),
  )
  if (isSeen) return
  const responses = stated.map(({ id, response }) => `${id} (${Object.values(response).join(' ')})`).join(', ')
  throw new Error(
    `“${name}” holds, but received none of the responses that its facts describe: ${responses}. ` +
      'In evidence(…), name a fact that matches the test, or correct the fact in support/evidence/facts.',
  )
}

/** Whether the response in an exchange matches the response that a fact describes. */
function isExpected(exchange: Exchange, { status, code, condition, header, entry }: FactResponse): boolean {
  if (exchange.response?.status !== status) return false
  // A response to HEAD has no body. The entries in a response to DeleteObjects are checked by a matcher.
  if (exchange.request.method === 'HEAD' || entry !== undefined) return true
  const { error } = exchange.response
  const matches = (stated: string | undefined, actual: string | undefined) => stated === undefined || stated === actual
  return matches(code, error?.Code) && matches(condition, error?.Condition) && matches(header, error?.Header)
}
