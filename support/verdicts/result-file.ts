import { z } from 'zod'
import { SetupError } from '../errors'
import { canonical, SEVERITIES } from '../observation'
import type { Exchange } from '../wire/record'
import { inline, lines, sorted } from './json'
import { observation } from './observation-schema'
import { EXPECTED, isAuthoritative, isKnown, VERDICTS, type Verdict } from './verdict'

const MEANINGS = {
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

/** Returns what a verdict means for the store, or `nothing` if the check could not be judged. */
export function meaningOf(verdict: Verdict): (typeof MEANINGS)[Verdict] {
  return MEANINGS[verdict]
}

const BASELINE_VERDICTS: readonly Verdict[] = [...EXPECTED, 'contradicts the reference']

const text = z.string()
const count = z.number().int().nonnegative()

/** An exchange that `support/wire` recorded. */
const exchange = z.looseObject({
  by: text,
  operation: text,
  request: z.looseObject({ method: text, path: text, headers: z.record(text, text) }),
  response: z.looseObject({ status: count, headers: z.record(text, text) }).optional(),
}) as unknown as z.ZodType<Exchange>

const check = z.strictObject({
  verdict: z.enum(VERDICTS),
  severity: z.enum(SEVERITIES).optional(),
  /** The observed behaviour, if the store deviates. */
  observed: z
    .array(observation, { error: 'must be a list of observations, as defined in support/observation.ts' })
    .optional(),
  /** The number of rounds with a violation, and the total number of rounds. Set only for a race. */
  violated: count.optional(),
  rounds: count.optional(),
  /** A key in the result's `causes`, or an empty string if the cause is unknown. */
  cause: text.optional(),
  /** The requests and responses, with account data masked. Set only if the verdict is “contradicts the reference”. */
  exchange: z.array(exchange).optional(),
})

const cause = z.strictObject({
  /** One sentence that explains why the store deviates, as far as the reason is known. */
  why: text,
  link: z.url().optional(),
})

/** The result of a run on one store, or a baseline. */
const result = z.strictObject({
  format: z.literal(2, {
    error: 'must be 2. This is not a result file, or it was written by a different version of the suite.',
  }),
  /** The version and the commit of the suite, such as `0.1.0+3061977`. */
  suite: text,
  /** The version of the AWS SDK that sent the requests. */
  sdk: text,
  date: z.iso.date(),
  store: z.strictObject({
    name: text.min(1),
    version: text.min(1),
    how: z.enum(['container', 'process', 'thread', 'endpoint', 'aws']),
    region: text.optional(),
  }),
  /** The capabilities that the store lacks, each with the reason why it is considered unsupported. */
  unsupported: z.record(text, text),
  causes: z.record(
    text.regex(
      /^[a-z0-9-]+$/,
      'is not a valid cause id. Use lower-case letters, digits and hyphens, for example no-condition.',
    ),
    cause,
  ),
  checks: z.record(text, check),
  /** For each behaviour, the number of requests that its checks send in a run. */
  requests: z.record(text, count),
  buckets: count,
})

export type Result = z.infer<typeof result>
export type CheckResult = z.infer<typeof check>

/** A baseline is a result whose verdicts can all be compared with those of later runs. */
const baseline = result.superRefine(({ store, checks }, context) => {
  for (const [id, entry] of Object.entries(checks)) {
    for (const [name, message] of problemsIn(entry, isAuthoritative(store.name) ? store.name : undefined)) {
      context.addIssue({ code: 'custom', path: ['checks', id, name], message })
    }
  }
})

/** Lists the invalid members of a baseline entry, each with a message. */
function problemsIn(entry: CheckResult, authority: string | undefined): (readonly [keyof CheckResult, string])[] {
  const { verdict, observed = [], cause, exchange, violated, rounds } = entry
  if (!BASELINE_VERDICTS.includes(verdict)) {
    return [
      ['verdict', `“${verdict}” is not a valid verdict in a baseline. Regenerate the file with npm run baseline.`],
    ]
  }
  if (isKnown(verdict) && authority)
    return [
      [
        'verdict',
        `a baseline for ${authority} cannot contain known deviations. Use “contradicts the reference” or “holds”.`,
      ],
    ]
  if (verdict === 'contradicts the reference') {
    if (!authority)
      return [['verdict', 'is allowed only for Amazon S3 and the reference store. Use “known deviation”.']]
    return exchange
      ? []
      : [['exchange', 'is missing. Provide the requests and responses as evidence of the contradiction.']]
  }
  if (!isKnown(verdict)) return observed.length > 0 ? [['observed', `is not allowed with “${verdict}”`]] : []
  return [
    ...(observed.length === 0
      ? [['observed', 'is missing. List the observations that show the deviation.'] as const]
      : []),
    ...(cause === undefined
      ? [['cause', 'is missing. Name one of the causes, or use "" if the cause is unknown.'] as const]
      : []),
    ...((violated === undefined) !== (rounds === undefined)
      ? [['rounds', 'must be set if, and only if, “violated” is set'] as const]
      : []),
    ...(verdict === 'unstable' && !violated
      ? [['violated', 'must be at least 1: an unstable check deviated in at least one round'] as const]
      : []),
    ...(violated !== undefined && violated > (rounds ?? 0)
      ? [['violated', 'must not be greater than “rounds”'] as const]
      : []),
  ]
}

/**
 * Parses the text of a result or a baseline.
 * @param name the name of the file, which appears in messages
 * @throws SetupError that names the file and describes the problem with each invalid member
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
  // If the format is wrong, most members are invalid, too, so only the format is reported.
  const format = error.issues.filter(({ path }) => path[0] === 'format')
  const issues = format.length > 0 ? format : error.issues
  const shown = issues.slice(0, 10).map((issue) => {
    const isKey = issue.code === 'invalid_key'
    const message = isKey ? issue.issues.map((inner) => inner.message).join(', ') : issue.message
    return `  ${issue.path.length > 0 ? `${issue.path.join(' › ')}: ` : ''}${message}`
  })
  const more = issues.length - shown.length
  throw new SetupError(
    [`${name} is not a valid ${as}:`, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n'),
  )
}

/** Formats a result with one line per check, sorted by id, so that diffs are readable. */
export function textOf({ unsupported, causes, checks, requests, buckets, ...head }: Result): string {
  const maps = { unsupported, causes, checks: ordered(checks), requests }
  const members = [
    ...Object.entries(head).map(([key, value]) => [key, inline(value)]),
    ...Object.entries(maps).map(([key, value]) => [key, lines(sorted<unknown>(value), '  ')]),
    ['buckets', inline(buckets)],
  ]
  return `{\n${members.map(([key, value]) => `  ${JSON.stringify(key)}: ${value}`).join(',\n')}\n}\n`
}

function ordered(checks: Result['checks']): Result['checks'] {
  return Object.fromEntries(
    Object.entries(checks).map(([id, { verdict, severity, violated, rounds, observed, cause, exchange }]) => [
      id,
      { verdict, severity, violated, rounds, observed: observed && canonical(observed), cause, exchange },
    ]),
  )
}

/** Finds the gaps in a baseline: deviations without a cause, undefined causes, and causes without an explanation. */
export function missingCauses({ causes, checks }: Pick<Result, 'causes' | 'checks'>): {
  /** The ids of checks whose deviation has no recorded cause. */
  readonly withoutCause: readonly string[]
  /** The ids of checks that name an undefined cause. */
  readonly undefinedCause: readonly string[]
  /** The ids of causes whose `why` is empty. */
  readonly emptyCauses: readonly string[]
} {
  const deviations = Object.entries(checks).filter(([, { verdict }]) => isKnown(verdict))
  const ids = (some: typeof deviations) => some.map(([id]) => id)
  return {
    withoutCause: ids(deviations.filter(([, { cause }]) => !cause)),
    undefinedCause: ids(deviations.filter(([, { cause }]) => cause && !(cause in causes))),
    emptyCauses: Object.keys(causes).filter((id) => causes[id]?.why.trim() === ''),
  }
}
