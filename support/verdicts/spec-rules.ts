import type { RunnerTestCase } from 'vitest'
import { casesOf, type FactResponse, facts } from '../evidence/catalogue'
import { isSamePath } from '../wire/keys'
import { type Exchange, isAccepted, isWrite } from '../wire/record'
import './meta'
import { isAbout } from './silent-changes'

// What the runner asks of every spec, whatever the store. A spec that breaks a rule is told so, and is red.

/** @throws Error for a test that names no facts, or facts that the catalogue lacks */
export function checkEvidence({ name, meta }: RunnerTestCase): void {
  const { evidence = [] } = meta
  if (evidence.length === 0) throw new Error(`“${name}” names no evidence: add evidence(facts.…).`)
  const unknown = evidence.filter((id) => !(id in facts))
  if (unknown.length > 0) throw new Error(`“${name}” names facts that the catalogue lacks: ${unknown.join(', ')}.`)
}

/**
 * A store that refuses a write and performs it all the same is only caught by looking. A pattern is looked at by what it
 * comes to: most of its writes are refused, and none by itself says anything.
 * @throws Error for a test of which a refused write is not followed by a look at the key that it was to write
 */
export function checkLooked({ name, file, meta: { exchange = [] } }: RunnerTestCase): void {
  if (isPattern(file)) return
  const unseen = exchange.find((refused, n) => {
    if (refused.by !== 'spec' || !isWrite(refused) || isAccepted(refused) || !refused.response) return false
    // That is about no key.
    if (refused.operation === 'PutBucketPolicy') return false
    const looks = exchange.slice(n).filter(({ by }) => by === 'matcher')
    const { path, entries } = refused.request
    if (!entries) return !looks.some((look) => isSamePath(look.request.path, path))
    // Of a thousand keys one will do.
    return !entries.some(({ key }) => looks.some((look) => isAbout(look, key)))
  })
  if (unseen) {
    throw new Error(`“${name}” has ${unseen.operation} refused and never looks whether anything changed.`)
  }
}

/** Whether a file shows what people build: many callers, of which most are refused. */
export const isPattern = ({ name }: { name: string }) => name.startsWith('specs/pattern/')

/**
 * What many tests read, none of them may change.
 * @throws Error for a test that sends a write to the object that it shares
 */
export function checkShared({ name, meta: { shared, exchange = [] } }: RunnerTestCase): void {
  if (shared === undefined) return
  const change = exchange.find((sent) => sent.by === 'spec' && isWrite(sent) && isAbout(sent, shared))
  if (change) throw new Error(`“${name}” sends ${change.operation} to the object that it shares: take \`object\`.`)
}

/** A HEAD answers as the GET would, with the SDK or without it, and a part is copied under the conditions of a copy: a fact about one will do. */
const ALIKE: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  GET: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
  UploadPartCopy: 'CopyObject',
}
const alike = (operation: string) => ALIKE[operation] ?? operation

/**
 * A test that holds has seen an answer that one of its facts states, from an operation that the fact is about; else the
 * spec or the catalogue is wrong. A pattern goes by the status alone.
 * @throws Error otherwise
 */
export function checkAgainstCatalogue({ name, file, meta }: RunnerTestCase): void {
  const sent = (meta.exchange ?? []).filter(({ by }) => by === 'spec')
  const stated = (meta.evidence ?? []).flatMap((id) =>
    casesOf(id).map(({ when, response }) => ({
      id,
      operations: when.operations.map(alike),
      response: isPattern(file) ? { status: response.status } : response,
    })),
  )
  if (stated.length === 0) return
  const isSeen = stated.some(({ operations, response }) =>
    sent.some((exchange) => operations.includes(alike(exchange.operation)) && isExpected(exchange, response)),
  )
  if (isSeen) return
  const responses = stated.map(({ id, response }) => `${id} (${Object.values(response).join(' ')})`).join(', ')
  throw new Error(`“${name}” holds, but none of its responses is one that its facts state: ${responses}.`)
}

/** Whether an exchange has the answer that a fact states; code and elements are in a body, which HEAD has not. */
function isExpected(exchange: Exchange, { status, code, condition, header, entry }: FactResponse): boolean {
  if (exchange.response?.status !== status) return false
  // A HEAD has no body, and what became of an entry of DeleteObjects is up to the matcher.
  if (exchange.request.method === 'HEAD' || entry !== undefined) return true
  const { error } = exchange.response
  const isStated = (stated: string | undefined, is: string | undefined) => stated === undefined || stated === is
  return isStated(code, error?.Code) && isStated(condition, error?.Condition) && isStated(header, error?.Header)
}
