import { sentenceOf } from '../sentence'
import { calledAs } from '../stores/stores'
import type { Judgement } from './explain'
import { listing, report, titleOf } from './print'
import type { Conditions, Request } from './request'
import type { Outcome, Session } from './session'

/** A step of the tour. A read uses the session's object. CopyObject copies that object to the second bucket. */
interface Step {
  readonly operation: Request['operation']
  readonly conditions: Conditions
  /** Set only for writes. Both writes of the scenario use the same key. The first write creates its object. */
  readonly to?: 'a new key' | 'an existing key'
}

/**
 * The steps of the tour. Each condition holds in one step and fails in another. The rules define the expected
 * responses.
 */
export const STEPS: readonly Step[] = [
  { operation: 'GetObject', conditions: { IfMatch: 'current' } },
  { operation: 'GetObject', conditions: { IfMatch: 'other' } },
  { operation: 'GetObject', conditions: { IfNoneMatch: 'other' } },
  { operation: 'GetObject', conditions: { IfNoneMatch: 'current' } },
  { operation: 'GetObject', conditions: { IfModifiedSince: 'before' } },
  { operation: 'GetObject', conditions: { IfModifiedSince: 'at' } },
  { operation: 'GetObject', conditions: { IfUnmodifiedSince: 'at' } },
  { operation: 'GetObject', conditions: { IfUnmodifiedSince: 'before' } },
  { operation: 'CopyObject', conditions: { CopySourceIfMatch: 'current' } },
  { operation: 'CopyObject', conditions: { CopySourceIfMatch: 'other' } },
  { operation: 'CopyObject', conditions: { CopySourceIfNoneMatch: 'other' } },
  { operation: 'CopyObject', conditions: { CopySourceIfNoneMatch: 'current' } },
  { operation: 'CopyObject', conditions: { CopySourceIfModifiedSince: 'before' } },
  { operation: 'CopyObject', conditions: { CopySourceIfModifiedSince: 'at' } },
  { operation: 'CopyObject', conditions: { CopySourceIfUnmodifiedSince: 'at' } },
  { operation: 'CopyObject', conditions: { CopySourceIfUnmodifiedSince: 'before' } },
  { operation: 'PutObject', conditions: { IfNoneMatch: '*' }, to: 'a new key' },
  { operation: 'PutObject', conditions: { IfNoneMatch: '*' }, to: 'an existing key' },
]

/**
 * Runs all steps of the tour. After each step, prints what happened and why.
 * @returns whether every outcome was as expected on this store
 */
export async function walk(session: Session, print: (line: string) => void): Promise<boolean> {
  const list = async (title: string) => {
    print(`\n${title}\n`)
    for (const line of listing(session, await session.list())) print(line)
  }
  await list('List both buckets')
  const outcomes: Outcome[] = []
  for (const [n, step] of STEPS.entries()) {
    print(`\n${n + 1}. ${titleOf(step)}${step.to ? `, to ${step.to}` : ''}\n`)
    const outcome = await session.send(requestFor(step, n + 1, session))
    outcomes.push(outcome)
    for (const line of report(outcome, session.target)) print(line)
  }
  await list('List both buckets again')
  for (const line of summary(outcomes, session)) print(line)
  return outcomes.every(isExpected)
}

function requestFor({ operation, conditions, to }: Step, n: number, { object, buckets }: Session): Request {
  if (operation === 'CopyObject') {
    const address = { Bucket: buckets[1] ?? '', Key: `copy-of-step-${n}.txt` }
    return { operation, address, source: object, conditions }
  }
  return to
    ? { operation, address: { ...object, Key: 'written-once.txt' }, conditions, body: `Written to ${to}.` }
    : { operation, address: object, conditions }
}

/** Returns true if the store behaved like Amazon S3 or deviated only as recorded in its baseline. */
export function isExpected({ judgement }: { readonly judgement: Judgement }): boolean {
  return judgement === 'as expected' || judgement === 'known deviation'
}

function summary(outcomes: readonly Outcome[], { target }: Session): string[] {
  const count = (judgement: Judgement) => outcomes.filter((outcome) => outcome.judgement === judgement).length
  const unexpected = [...outcomes.entries()].filter(([, outcome]) => !isExpected(outcome))
  return [
    '',
    `${calledAs(target.store)}, ${outcomes.length} steps: ${count('as expected')} as on Amazon S3, ` +
      `${count('known deviation')} with a known deviation, ${unexpected.length} not as expected`,
    ...unexpected.map(
      ([n, outcome]) => `not as expected: ${n + 1}. ${titleOf(outcome.request)}: ${sentenceOf(outcome.observed)}`,
    ),
  ]
}
