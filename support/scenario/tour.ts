import type { Judgement } from './explain'
import { listing, nameOf, report, seen, titleOf } from './print'
import type { Conditions, Request } from './request'
import type { Outcome, Scene } from './session'

/** One step: a request in symbols. Reads are of the object, copies of it into the other bucket. */
interface Step {
  readonly operation: Request['operation']
  readonly conditions: Conditions
  /** Of a write: to a key that holds nothing, and again to that one. */
  readonly to?: 'a free key' | 'a taken key'
}

/** The original scenario, each condition holding and failing. What S3 answers, the rules say. */
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
  { operation: 'PutObject', conditions: { IfNoneMatch: '*' }, to: 'a free key' },
  { operation: 'PutObject', conditions: { IfNoneMatch: '*' }, to: 'a taken key' },
]

/**
 * Walks all steps of the scenario and says after each what happened and why.
 * @returns whether every outcome was as expected on this store
 */
export async function walk(scene: Scene, say: (line: string) => void): Promise<boolean> {
  const list = async (title: string) => {
    say(`\n${title}\n`)
    for (const line of listing(scene, await scene.list())) say(line)
  }
  await list('List both buckets')
  const outcomes: Outcome[] = []
  for (const [n, step] of STEPS.entries()) {
    say(`\n${n + 1}. ${titleOf(step)}${step.to ? `, to ${step.to}` : ''}\n`)
    const outcome = await scene.send(requestFor(step, n + 1, scene))
    outcomes.push(outcome)
    for (const line of report(outcome, scene.target)) say(line)
  }
  await list('List both buckets again')
  for (const line of summary(outcomes, scene)) say(line)
  return outcomes.every(isExpected)
}

function requestFor({ operation, conditions, to }: Step, n: number, { object, buckets }: Scene): Request {
  if (operation === 'CopyObject') {
    const address = { Bucket: buckets[1] ?? '', Key: `copy-of-step-${n}.txt` }
    return { operation, address, source: object, conditions }
  }
  return to
    ? { operation, address: { ...object, Key: 'written-once.txt' }, conditions, body: `Written to ${to}.` }
    : { operation, address: object, conditions }
}

/** Whether an outcome is what Amazon S3 does, or what this store is known to do. */
export function isExpected({ judgement }: { readonly judgement: Judgement }): boolean {
  return judgement === 'as expected' || judgement === 'known deviation'
}

function summary(outcomes: readonly Outcome[], { target }: Scene): string[] {
  const count = (judgement: Judgement) => outcomes.filter((outcome) => outcome.judgement === judgement).length
  const unexpected = [...outcomes.entries()].filter(([, outcome]) => !isExpected(outcome))
  return [
    '',
    `${nameOf(target)}: ${outcomes.length} steps: ${count('as expected')} as Amazon S3 does, ` +
      `${count('known deviation')} known deviations, ${unexpected.length} not as expected`,
    ...unexpected.map(([n, outcome]) => `not as expected: ${n + 1}. ${titleOf(outcome.request)}: ${seen(outcome)}`),
  ]
}
