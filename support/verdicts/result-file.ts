import { z } from 'zod'
import { SetupError } from '../errors'
import { canonical, SEVERITIES } from '../observation'
import type { Exchange } from '../wire/record'
import { inline, lines, sorted } from './json'
import { observation } from './observation-schema'
import { VERDICTS, type Verdict } from './verdict'

/** What each verdict says about the store. */
const SAYS = {
  holds: 'holds',
  'known deviation': 'differs',
  unstable: 'differs',
  'changed deviation': 'differs',
  'no longer deviates': 'holds',
  deviation: 'differs',
  'contradicts the reference': 'differs',
  unsupported: 'unsupported',
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

/** As `support/wire` records it. */
const exchange = z.looseObject({
  by: text,
  operation: text,
  request: z.looseObject({ method: text, path: text, headers: z.record(text, text) }),
  response: z.looseObject({ status: count, headers: z.record(text, text) }).optional(),
}) as unknown as z.ZodType<Exchange>

const check = z.strictObject({
  verdict: z.enum(VERDICTS),
  /** How much a deviation matters. */
  severity: z.enum(SEVERITIES).optional(),
  /** The observations: what the store did instead. */
  observed: z
    .array(observation, { error: 'must be a list of observations, as defined in support/observation.ts' })
    .optional(),
  /** Of a race: the number of rounds that were violated, and of all rounds. */
  violated: count.optional(),
  rounds: count.optional(),
  /** One of the result's causes; empty until somebody has found it. */
  cause: text.optional(),
  /** If Amazon S3 contradicts the reference: what went over the wire, masked. */
  exchange: z.array(exchange).optional(),
})

const cause = z.strictObject({
  /** One sentence: why the store differs, as far as it is known. */
  why: text,
  link: z.url().optional(),
})

/** The result of a run on one store, or the store's baseline. */
const result = z.strictObject({
  format: z.literal(2, { error: 'must be 2. This file is not a result, or another version of the suite wrote it.' }),
  /** Version and commit: `0.1.0+3061977`. */
  suite: text,
  /** Version of the AWS SDK that sent the requests. */
  sdk: text,
  date: z.iso.date(),
  store: z.strictObject({
    name: text.min(1),
    version: text.min(1),
    how: z.enum(['container', 'process', 'thread', 'endpoint', 'aws']),
    region: text.optional(),
  }),
  /** What the store lacks, each with the reason; what needs it is unsupported. */
  unsupported: z.record(text, text),
  causes: z.record(
    text.regex(
      /^[a-z0-9-]+$/,
      'is not a valid cause id. Use lower-case letters, digits and hyphens, for example no-condition.',
    ),
    cause,
  ),
  checks: z.record(text, check),
  /** How many requests the checks of each behaviour send in a run. */
  requests: z.record(text, count),
  /** How many buckets they used. */
  buckets: count,
})

export type Result = z.infer<typeof result>
export type CheckResult = z.infer<typeof check>
export type Cause = z.infer<typeof cause>

/** A baseline: a result that is complete, and has only what the next run can be compared with. */
const baseline = result.superRefine(({ store, checks }, context) => {
  for (const [id, entry] of Object.entries(checks)) {
    for (const [name, message] of complaintsAbout(entry, isTruth(store.name) ? store.name : undefined)) {
      context.addIssue({ code: 'custom', path: ['checks', id, name], message })
    }
  }
})

/** What is wrong with an entry of a baseline: the members, and a message for each. */
function complaintsAbout(entry: CheckResult, truth: string | undefined): (readonly [keyof CheckResult, string])[] {
  const { verdict, observed = [], cause, exchange, violated, rounds } = entry
  if (!OF_BASELINE.includes(verdict)) {
    return [
      ['verdict', `“${verdict}” is not a valid verdict in a baseline. Regenerate the file with npm run baseline.`],
    ]
  }
  const isPin = verdict === 'known deviation' || verdict === 'unstable'
  if (isPin && truth)
    return [
      ['verdict', `a baseline of ${truth} cannot have known deviations. Use “contradicts the reference” or “holds”.`],
    ]
  if (verdict === 'contradicts the reference') {
    if (!truth) return [['verdict', 'only Amazon S3 can contradict the reference. Use “known deviation”.']]
    return exchange ? [] : [['exchange', 'is missing. It is the evidence of the contradiction.']]
  }
  if (!isPin) return observed.length > 0 ? [['observed', `is not allowed with “${verdict}”`]] : []
  return [
    ...(observed.length === 0 ? [['observed', 'is missing. List what the store did instead.'] as const] : []),
    ...(cause === undefined ? [['cause', 'is missing. Name one of the causes, or leave it empty.'] as const] : []),
    ...((violated === undefined) !== (rounds === undefined)
      ? [['rounds', 'and “violated” must be set together'] as const]
      : []),
    ...(verdict === 'unstable' && !violated
      ? [['violated', 'must be at least 1: an unstable check was violated in at least one round'] as const]
      : []),
    ...(violated !== undefined && violated > (rounds ?? 0)
      ? [['violated', 'must not be greater than “rounds”'] as const]
      : []),
  ]
}

/** Whether deviations of a store can never be known ones: either the reference is wrong, or the store is broken. */
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
  // In another format every other member is wrong, too.
  const format = error.issues.filter(({ path }) => path[0] === 'format')
  const issues = format.length > 0 ? format : error.issues
  const complaints = issues.slice(0, 10).map((issue) => {
    const { path, message } = issue
    const said = issue.code === 'invalid_key' ? issue.issues.map((inner) => inner.message).join(', ') : message
    return `  ${path.length > 0 ? `${path.join(' › ')}: ` : ''}${said}`
  })
  const more = issues.length - complaints.length
  throw new SetupError(
    [`${name} is not a valid ${as}:`, ...complaints, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n'),
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
      { verdict, severity, violated, rounds, observed: observed && canonical(observed), cause, exchange },
    ]),
  )
}

/** What is missing in a baseline: a cause for each deviation, a sentence for each cause. */
export function wanting({ causes, checks }: Pick<Result, 'causes' | 'checks'>): {
  /** The checks whose deviation has no cause. */
  readonly uncaused: readonly string[]
  /** The checks that name a cause which is not defined. */
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
