import { z } from 'zod'
import { SetupError } from '../errors'
import type { Exchange } from '../exchange/record'
import { VERDICTS, type Verdict } from '../judge/verdict'
import { type Observation, SEVERITIES } from '../observation'
import { inline, lines, sorted } from './json'

/** What a verdict says about the store; every verdict has one. */
const SAYS = {
  holds: 'holds',
  'known deviation': 'differs',
  unstable: 'differs',
  'changed deviation': 'differs',
  'no longer deviates': 'holds',
  deviation: 'differs',
  'contradicts the reference': 'differs',
  unsupported: 'does not apply',
  'setup failure': 'nothing',
  'no response': 'nothing',
  unreachable: 'nothing',
} as const satisfies Record<Verdict, string>

/** What a verdict says about the store. */
export function says(verdict: Verdict): (typeof SAYS)[Verdict] {
  return SAYS[verdict]
}

/** The verdicts that a baseline can have. */
const OF_BASELINE: readonly Verdict[] = [
  'holds',
  'known deviation',
  'unstable',
  'unsupported',
  'contradicts the reference',
]

const text = z.string()
const count = z.number().int().nonnegative()

/** As `support/exchange` records it. */
const exchange = z.looseObject({
  by: text,
  operation: text,
  request: z.looseObject({ method: text, path: text, headers: z.record(text, text) }),
  response: z.looseObject({ status: count, headers: z.record(text, text) }).optional(),
}) as unknown as z.ZodType<Exchange>

const response = {
  operation: text,
  status: count.optional(),
  code: text.optional(),
  condition: text.optional(),
  header: text.optional(),
  body: z.enum(['error in success', 'not XML', 'unreadable by the SDK']).optional(),
}
const named = { operation: text, name: text, is: z.enum(['missing', 'other', 'unexpected', 'same']) }

/** `support/observation.ts` says what each one means. */
const observation: z.ZodType<Observation> = z.union([
  z.strictObject({ kind: z.literal('response'), ...response }),
  z.strictObject({ kind: z.literal('loser'), ...response }),
  z.strictObject({ kind: z.literal('look'), ...response }),
  z.strictObject({ kind: z.literal('connection'), error: text }),
  z.strictObject({ kind: z.literal('race'), winners: z.enum(['none', 'several']) }),
  z.strictObject({ kind: z.enum(['element', 'header', 'member']), ...named }),
  z.strictObject({ kind: z.literal('entry'), is: z.enum(['missing', 'deleted', 'unexpected']) }),
  z.strictObject({ kind: z.literal('entry'), is: z.literal('failed'), code: text }),
  z.strictObject({ kind: z.literal('entry'), is: z.enum(['missing', 'other']), name: text }),
  z.strictObject({ kind: z.literal('etag'), is: z.enum(['missing', 'unquoted', 'other', 'MD5']) }),
  z.strictObject({ kind: z.literal('checksum'), is: z.literal('other') }),
  z.strictObject({
    kind: z.literal('object'),
    holds: z.enum([
      'nothing',
      'delete marker',
      'object',
      'other bytes',
      'bytes from before',
      'bytes of a failed writer',
      'bytes of no writer',
    ]),
  }),
  z.strictObject({ kind: z.literal('object'), changed: z.enum(['bytes', 'etag', 'metadata', 'last-modified']) }),
  z.strictObject({ kind: z.literal('versions'), versions: count, deleteMarkers: count }),
  z.strictObject({ kind: z.literal('versions'), changed: z.literal('ids') }),
  z.strictObject({ kind: z.literal('versions'), gained: z.enum(['none', 'several']) }),
  z.strictObject({ kind: z.literal('parts'), parts: z.union([z.array(count), z.literal('upload is gone')]) }),
  z.strictObject({ kind: z.literal('outcome'), is: z.literal('other') }),
  z.strictObject({ kind: z.literal('assertion'), matcher: text, nth: count }),
])

const check = z.strictObject({
  verdict: z.enum(VERDICTS),
  /** How much a deviation matters. */
  severity: z.enum(SEVERITIES).optional(),
  /** What the store did instead. */
  observed: z
    .array(observation, { error: 'must be a list of observations, as support/observation.ts has them' })
    .optional(),
  /** Of a race: in how many of how many rounds the store violated what the check asserts. */
  violated: count.optional(),
  rounds: count.optional(),
  /** One of the result's causes; empty until somebody has found it. */
  cause: text.optional(),
  /** What went over the wire, if Amazon S3 contradicts the reference; masked. */
  exchange: z.array(exchange).optional(),
})

const cause = z.strictObject({
  /** One sentence: why the store differs, as far as it is known. */
  why: text,
  link: z.url().optional(),
})

/** How one store did in one run; or its baseline: how it did when each check was recorded last. */
const result = z.strictObject({
  format: z.literal(2, { error: 'must be 2: this is not a result, or one of another version of the suite' }),
  /** Version and commit: `0.1.0+3061977`. */
  suite: text,
  /** Version of the AWS SDK that sent the requests. */
  sdk: text,
  date: z.iso.date(),
  store: z.strictObject({
    name: text.min(1),
    version: text.min(1),
    how: z.enum(['container', 'process', 'endpoint', 'aws']),
    region: text.optional(),
  }),
  /** What the store lacks, each with the reason; what needs it is unsupported. */
  unsupported: z.record(text, text),
  causes: z.record(text.regex(/^[a-z0-9-]+$/, 'is not a valid id of a cause. Write it like no-condition'), cause),
  checks: z.record(text, check),
  /** How many requests the checks of each behaviour sent. */
  requests: z.record(text, count),
  /** How many buckets they used. */
  buckets: count,
})

export type Result = z.infer<typeof result>
export type CheckResult = z.infer<typeof check>
export type Cause = z.infer<typeof cause>

/** A result as a baseline: complete, and only what can be compared with the next run. */
const baseline = result.superRefine(({ store, checks }, context) => {
  for (const [id, entry] of Object.entries(checks)) {
    for (const [name, message] of complaintsAbout(entry, isTruth(store.name) ? store.name : undefined)) {
      context.addIssue({ code: 'custom', path: ['checks', id, name], message })
    }
  }
})

/** What is wrong with an entry of a baseline: the member, and the sentence. */
function complaintsAbout(entry: CheckResult, truth: string | undefined): (readonly [keyof CheckResult, string])[] {
  const { verdict, observed = [], cause, exchange, violated, rounds } = entry
  if (!OF_BASELINE.includes(verdict)) {
    return [['verdict', `“${verdict}” is a verdict of a run, not of a baseline. Write the file with npm run baseline`]]
  }
  const isPin = verdict === 'known deviation' || verdict === 'unstable'
  if (isPin && truth) return [['verdict', `${truth} has no known deviations: it contradicts the reference, or holds`]]
  if (verdict === 'contradicts the reference') {
    if (!truth) return [['verdict', 'only Amazon S3 can contradict the reference: use “known deviation”']]
    return exchange ? [] : [['exchange', 'is missing: it is the evidence']]
  }
  if (!isPin) return observed.length > 0 ? [['observed', `does not go with “${verdict}”`]] : []
  return [
    ...(observed.length === 0 ? [['observed', 'is missing: what does the store instead?'] as const] : []),
    ...(cause === undefined ? [['cause', 'is missing: name one of the causes, or leave it empty'] as const] : []),
    ...((violated === undefined) !== (rounds === undefined)
      ? [['rounds', 'goes with “violated”: write both, or neither'] as const]
      : []),
    ...(verdict === 'unstable' && !violated
      ? [['violated', 'is missing: an unstable check has violated in at least one round'] as const]
      : []),
    ...(violated !== undefined && violated > (rounds ?? 0) ? [['violated', 'is more than “rounds”'] as const] : []),
  ]
}

/** A deviation from these is never known: either the reference is wrong, or the store is broken. */
export function isTruth(store: string): boolean {
  return store === 'aws' || store === 'reference'
}

/**
 * Reads a result from its text.
 * @param name of the file, for people
 * @param as `baseline`: it has to be complete
 * @throws SetupError that names the file, the place in it, and what is wrong there
 */
export function parseResult(content: string, name: string, as: 'result' | 'baseline' = 'result'): Result {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch (error) {
    throw new SetupError(`${name} is not valid JSON: ${(error as Error).message}.`)
  }
  const { data, error } = (as === 'baseline' ? baseline : result).safeParse(json)
  if (data) return data
  // Of another format, everything else is wrong, too.
  const format = error.issues.filter(({ path }) => path[0] === 'format')
  const issues = format.length > 0 ? format : error.issues
  const complaints = issues.slice(0, 10).map((issue) => {
    const { path, message } = issue
    const said = issue.code === 'invalid_key' ? issue.issues.map((inner) => inner.message).join(', ') : message
    return `  ${path.length > 0 ? `${path.join(' › ')}: ` : ''}${said}`
  })
  const more = issues.length - complaints.length
  throw new SetupError(
    [`${name} cannot be read as a result:`, ...complaints, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n'),
  )
}

/** A result as text: one line for each check, sorted, so that diffs read well. */
export function textOf({ unsupported, causes, checks, requests, buckets, ...head }: Result): string {
  const maps = { unsupported, causes, checks: inOrder(checks), requests }
  const members = [
    ...Object.entries(head).map(([key, value]) => [key, inline(value)]),
    ...Object.entries(maps).map(([key, value]) => [key, lines(sorted<unknown>(value), '  ')]),
    ['buckets', inline(buckets)],
  ]
  return `{\n${members.map(([key, value]) => `  ${JSON.stringify(key)}: ${value}`).join(',\n')}\n}\n`
}

function inOrder(checks: Result['checks']): Result['checks'] {
  return Object.fromEntries(
    Object.entries(checks).map(([id, { verdict, severity, violated, rounds, observed, cause, exchange }]) => [
      id,
      { verdict, severity, violated, rounds, observed, cause, exchange },
    ]),
  )
}

/** What a baseline still needs from a person: a cause for each deviation, a sentence for each cause. */
export function wanting({ causes, checks }: Pick<Result, 'causes' | 'checks'>): {
  /** The checks whose deviation has no cause. */
  readonly uncaused: readonly string[]
  /** The checks that name a cause which the baseline does not have. */
  readonly dangling: readonly string[]
  /** The causes without a sentence. */
  readonly mute: readonly string[]
} {
  const pins = Object.entries(checks).filter(
    ([, { verdict }]) => verdict === 'known deviation' || verdict === 'unstable',
  )
  const ids = (some: typeof pins) => some.map(([id]) => id)
  return {
    uncaused: ids(pins.filter(([, { cause }]) => !cause)),
    dangling: ids(pins.filter(([, { cause }]) => cause && !(cause in causes))),
    mute: Object.keys(causes).filter((id) => causes[id]?.why.trim() === ''),
  }
}
