import { z } from 'zod'
import { SetupError } from '../errors'
import type { Exchange } from '../exchange/record'
import type { Level, Verdict } from '../judge/verdict'
import { inline, lines, sorted } from './json'

/** What a verdict comes to; every verdict has one. */
const SAYS = {
  holds: 'holds',
  'known deviation': 'differs',
  'changed deviation': 'differs',
  'no longer deviates': 'holds',
  deviation: 'differs',
  'contradicts the reference': 'differs',
  'not applicable': 'does not apply',
  'setup failure': 'nothing',
  'no answer': 'nothing',
  unreachable: 'nothing',
} as const satisfies Record<Verdict, string>

/** What a verdict says about the store. */
export function says(verdict: Verdict): (typeof SAYS)[Verdict] {
  return SAYS[verdict]
}

export const verdicts = Object.keys(SAYS) as Verdict[]
const levels = { data: 0, answer: 0, detail: 0 } as const satisfies Record<Level, unknown>

/** The verdicts that a store's committed result can hold. */
const RECORDED = ['holds', 'known deviation', 'not applicable', 'contradicts the reference'] as const

const text = z.string()
const count = z.number().int().nonnegative()

/** As `support/exchange` records it. */
const exchange = z.looseObject({
  by: text,
  operation: text,
  request: z.looseObject({ method: text, path: text, headers: z.record(text, text) }),
  response: z.looseObject({ status: count, headers: z.record(text, text) }).optional(),
}) as unknown as z.ZodType<Exchange>

const check = z.strictObject({
  verdict: z.enum(verdicts),
  /** How much a deviation matters. */
  level: z.enum(Object.keys(levels) as Level[]).optional(),
  /** What the store did instead. A list only where one store answers differently from run to run; `holds` may be in it. */
  observed: z
    .union([text.min(1), z.array(text.min(1)).min(2)], {
      error: 'must be what was observed, or a list of several answers',
    })
    .optional(),
  /** One of the result's causes; empty until somebody has found it. */
  cause: text.optional(),
  /** What went over the wire, where Amazon S3 contradicts the reference; masked. */
  exchange: z.array(exchange).optional(),
})

const cause = z.strictObject({
  /** One sentence: why the store differs, as far as it is known. */
  why: text,
  link: z.url().optional(),
})

/** How one store did, in one run or, recorded, in the last run of every check. */
const result = z.strictObject({
  format: z.literal(1, { error: 'must be 1: this is no result, or one of another version of the suite' }),
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
  /** What the store lacks, each with the reason; what needs it is not applicable. */
  lacks: z.record(text, text),
  causes: z.record(text.regex(/^[a-z0-9-]+$/, 'a cause is called like no-condition'), cause),
  checks: z.record(text, check),
  /** How many requests the checks of each behaviour sent. */
  requests: z.record(text, count),
  /** How many buckets they used. */
  buckets: count,
})

export type Result = z.infer<typeof result>
export type CheckResult = z.infer<typeof check>
export type Cause = z.infer<typeof cause>

/** A result as it is committed: said for good, and complete. */
const recording = result.superRefine(({ store, checks }, context) => {
  for (const [id, { verdict, observed, cause, exchange }] of Object.entries(checks)) {
    const complain = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['checks', id, name], message })
    if (!RECORDED.some((allowed) => allowed === verdict)) {
      complain('verdict', `“${verdict}” is the verdict of a run, and is not recorded: write it with npm run record`)
    } else if (verdict === 'known deviation' && isTruth(store.name)) {
      complain('verdict', `${store.name} has no known deviations: it contradicts the reference, or holds`)
    } else if (verdict === 'contradicts the reference' && !isTruth(store.name)) {
      complain('verdict', 'only Amazon S3 can contradict the reference: it is a known deviation')
    } else if (verdict === 'known deviation') {
      if (observed === undefined) complain('observed', 'is missing: what does the store instead?')
      if (cause === undefined) complain('cause', 'is missing: name one of the causes, or leave it empty')
    } else if (verdict === 'contradicts the reference' && !exchange) {
      complain('exchange', 'is missing: it is the evidence')
    }
  }
})

/** On these a deviation is never written down as known: what differs is the reference, or wrong. */
export function isTruth(store: string): boolean {
  return store === 'aws' || store === 'reference'
}

/**
 * Reads a result, of a run or recorded, from its text.
 * @param name of the file, for people
 * @throws SetupError that names the file, the place in it, and what is wrong there
 */
export function parseResult(content: string, name: string, { recorded = false } = {}): Result {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch (error) {
    throw new SetupError(`${name} is no JSON: ${(error as Error).message}.`)
  }
  const { data, error } = (recorded ? recording : result).safeParse(json)
  if (data) return data
  // Of another format, everything else is wrong, too.
  const format = error.issues.filter(({ path }) => path[0] === 'format')
  const issues = format.length > 0 ? format : error.issues
  const complaints = issues.slice(0, 10).map(({ path, message, ...issue }) => {
    const said =
      issue.code === 'invalid_key'
        ? issue.issues.map((inner) => inner.message).join(', ')
        : message.replace(/^Invalid input: expected (\w+), received undefined$/, 'is missing: $1')
    return `  ${path.length > 0 ? `${path.join(' › ')}: ` : ''}${said}`
  })
  const more = issues.length - complaints.length
  throw new SetupError(
    [`${name} is no result that can be read:`, ...complaints, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n'),
  )
}

/** A result as text: one line for each check, sorted, so that diffs read well. */
export function textOf({ lacks, causes, checks, requests, buckets, ...head }: Result): string {
  const maps = { lacks, causes, checks: inOrder(checks), requests }
  const members = [
    ...Object.entries(head).map(([key, value]) => [key, inline(value)]),
    ...Object.entries(maps).map(([key, value]) => [key, lines(sorted<unknown>(value), '  ')]),
    ['buckets', inline(buckets)],
  ]
  return `{\n${members.map(([key, value]) => `  ${JSON.stringify(key)}: ${value}`).join(',\n')}\n}\n`
}

function inOrder(checks: Result['checks']): Result['checks'] {
  return Object.fromEntries(
    Object.entries(checks).map(([id, { verdict, level, observed, cause, exchange }]) => [
      id,
      { verdict, level, observed, cause, exchange },
    ]),
  )
}

/** What a recording still wants from a person, as sentences. */
export function wanting({ causes, checks }: Pick<Result, 'causes' | 'checks'>): string[] {
  const named = Object.entries(checks).filter(([, { verdict }]) => verdict === 'known deviation')
  return [
    ...named.flatMap(([id, { cause }]) => {
      if (!cause) return `${id} lacks its cause`
      return cause in causes ? [] : `${id} names the cause ${cause}, which is not among the causes`
    }),
    ...Object.entries(causes).flatMap(([id, { why }]) =>
      why.trim() === '' ? `the cause ${id} lacks its sentence` : [],
    ),
  ]
}
