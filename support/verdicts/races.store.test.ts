import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Observation } from '../observation'
import { expect } from '../test'
import { errorBody } from '../testing/misbehaving-stores'
import { type SuiteRun, test } from '../testing/run-suite'
import type { Replacement, Tamper } from '../wire/tampering-proxy'
import { slug } from './ids'
import type { CheckResult, Result } from './result-file'

const RACE = 'Exactly one of 2 concurrent PutObject requests with If-None-Match: * succeeds (10-byte objects)'
const PATTERN = RACE.replace(/[*()]/g, '.')
const args = ['specs/race/one-of-several-concurrent-puts', '-t', PATTERN]
const id = `race/one-of-several-concurrent-puts-succeeds/${slug(RACE)}`
const several: Observation = { kind: 'race', winners: 'several' }
const added: Observation = { kind: 'versions', gained: 'several' }

/** Makes the store accept every write in the first `rounds` rounds. Distinguishes rounds by their keys. */
function violating(rounds: number): Tamper {
  const keys: string[] = []
  return {
    request: ({ method, path, headers }) => {
      const [key = ''] = path.split('?')
      if (method !== 'PUT' || !headers['if-none-match']) return undefined
      if (!keys.includes(key)) keys.push(key)
      if (keys.indexOf(key) < rounds) delete headers['if-none-match']
      return undefined
    },
    response: ({ headers }, { status }) =>
      headers['if-none-match'] && status === 412 ? { status, body: errorBody() } : undefined,
  }
}

const entry = (
  verdict: 'known deviation' | 'unstable',
  violated: number,
  observed: Observation[] = [several],
): CheckResult => {
  return { verdict, severity: 'data', violated, rounds: 30, observed, cause: 'for-this-test' }
}
const checkOf = ({ meta }: SuiteRun) => meta[RACE]

test('without a baseline, a race with violations is a deviation with a violation rate', async ({ runSuite }) => {
  const run = await runSuite({ args, tamper: violating(3) })

  expect(checkOf(run)).toMatchObject({
    verdict: 'deviation',
    deviation: { severity: 'data', observed: [several] },
    rounds: { violated: 3, rounds: 10 },
  })
  expect(run.output).toContain('3 of 10 rounds')
  expect(run.code).toBe(1)
})

test('an unstable race passes if it holds or shows a violation that is in the baseline', async ({ runSuite }) => {
  const holds = await runSuite({ args, tamper: violating(0), known: { [id]: entry('unstable', 3) } })
  const violates = await runSuite({ args, tamper: violating(10), known: { [id]: entry('unstable', 3) } })

  expect(checkOf(holds)).toMatchObject({ verdict: 'unstable', rounds: { violated: 0, rounds: 10 } })
  // A race with a known deviation stops at its first violation.
  expect(checkOf(violates)).toMatchObject({ verdict: 'unstable', rounds: { violated: 1, rounds: 1 } })
  expect([holds.code, violates.code]).toEqual([0, 0])
})

test('an unstable race fails with any other violation', async ({ runSuite }) => {
  const run = await runSuite({ args, tamper: violating(10), known: { [id]: entry('unstable', 3, [added]) } })

  expect(checkOf(run)?.verdict).toBe('changed deviation')
  expect(run.code).toBe(1)
})

test('a race without an entry is unstable if the baseline has its violation for another race of the behaviour', async ({
  runSuite,
}) => {
  const sibling = `race/one-of-several-concurrent-puts-succeeds/${slug(RACE.replace('of 2 ', 'of 20 '))}`
  const other = `race/one-of-several-concurrent-copies-succeeds/${slug(RACE.replace('PutObject', 'CopyObject'))}`
  const verdicts: unknown[] = []
  for (const known of [
    { [sibling]: entry('unstable', 3) },
    { [sibling]: entry('unstable', 3, [added]) },
    { [other]: entry('unstable', 3) },
  ]) {
    verdicts.push(checkOf(await runSuite({ args, tamper: violating(3), known }))?.verdict)
  }

  expect(verdicts).toEqual(['unstable', 'deviation', 'deviation'])
})

test('a recipe with an entry in the baseline is a known deviation with any observation', async ({ runSuite }) => {
  const title = 'one of ten callers creates, and nine are told'
  const known = { [`pattern/create-once/${slug(title)}`]: entry('known deviation', 30, [added]) }
  const run = await runSuite({ args: ['specs/pattern/create-once', '-t', title], tamper: violating(10), known })

  expect(run.meta[title]).toMatchObject({ verdict: 'known deviation' })
  expect(run.code).toBe(0)
})

test('a race that deviated in every round of the baseline fails when it holds', async ({ runSuite }) => {
  const violates = await runSuite({ args, tamper: violating(10), known: { [id]: entry('known deviation', 30) } })
  const holds = await runSuite({ args, tamper: violating(0), known: { [id]: entry('known deviation', 30) } })

  expect(checkOf(violates)?.verdict).toBe('known deviation')
  expect(checkOf(holds)?.verdict).toBe('no longer deviates')
  expect([violates.code, holds.code]).toEqual([0, 1])
})

/** Replaces the response to the nth conditional request. If `replacement` returns undefined, `tamper` is applied. */
function replacing(
  replacement: (nth: number) => Replacement | undefined,
  tamper = violating(0),
): Tamper & { readonly sent: () => number } {
  let sent = 0
  return {
    ...tamper,
    request: (passing) => {
      const isConditional = passing.method === 'PUT' && passing.headers['if-none-match']
      return (isConditional ? replacement(++sent) : undefined) ?? tamper.request?.(passing)
    },
    sent: () => sent,
  }
}
const slowDown = { status: 503, body: errorBody('', 'SlowDown') }

test('only a round without a response is repeated', async ({ runSuite }) => {
  const tamper = replacing((nth) => (nth === 9 ? slowDown : undefined))
  const run = await runSuite({ args, tamper })

  expect(checkOf(run)).toMatchObject({ verdict: 'holds', rounds: { violated: 0, rounds: 10 } })
  expect(tamper.sent()).toBe(22)
  expect(run.code).toBe(0)
})

test('a round that never gets a response ends the check', async ({ runSuite }) => {
  const tamper = replacing((nth) => (nth > 8 ? slowDown : undefined), violating(10))
  const run = await runSuite({ args, tamper })

  expect(checkOf(run)?.verdict).toBe('no response')
  // Two requests for each of the first four rounds, and for each of the six attempts at the fifth round.
  expect(tamper.sent()).toBe(8 + 12)
  expect(run.code).toBe(1)
})

test('races are unsupported if the store limits concurrent requests to a key, and no further race runs', async ({
  runSuite,
}) => {
  let requests = 0
  const run = await runSuite({
    args: [
      'specs/race/one-of-several-concurrent-puts',
      '-t',
      'one of 2 concurrent PutObject requests with If-(None-)?Match.* succeeds .10-byte objects',
    ],
    tamper: {
      request: ({ method, headers }) => {
        const isConditional = method === 'PUT' && (headers['if-none-match'] || headers['if-match'])
        return isConditional && ++requests ? { status: 429, body: errorBody('', 'TooManyRequests') } : undefined
      },
    },
  })

  const results = Object.values(run.meta).filter(({ verdict }) => verdict)
  expect(results.map(({ verdict }) => verdict)).toEqual(['unsupported', 'unsupported'])
  expect(checkOf(run)?.unsupported).toEqual({
    'concurrent requests to the same key':
      'the store limits concurrent requests: PutObject failed with 429 TooManyRequests',
  })
  // The first race is attempted six times, each time with two requests.
  expect(requests).toBe(12)
  expect(run.code).toBe(0)
})

/** Makes the store crash on the first `requests` conditional requests after the fourth round. */
const crashing = (requests: number) =>
  replacing((nth) => {
    if (nth <= 8 || nth > 8 + requests) return undefined
    // Both requests in an attempt fail in the same way. Consecutive attempts fail in different ways.
    return Math.ceil(nth / 2) % 2 ? 'reset' : { status: 500, body: errorBody('', 'InternalError') }
  })
const closed: Observation = { kind: 'response', operation: 'PutObject' }
const failed500: Observation = { ...closed, status: 500, code: 'InternalError' }

test('a round is violated if every attempt ends with a crash', async ({ runSuite }) => {
  const tamper = crashing(12)
  const run = await runSuite({ args, tamper })
  expect(checkOf(run)).toMatchObject({
    verdict: 'deviation',
    deviation: { severity: 'status', observed: [failed500, closed] },
    rounds: { violated: 1, rounds: 10 },
  })
  expect(tamper.sent()).toBe(2 * 9 + 12)
})

test('a round with one crash is repeated, or counts as a violation if the baseline lists that crash', async ({
  runSuite,
}) => {
  const repeated = await runSuite({ args, tamper: crashing(2) })
  const known = await runSuite({
    args,
    tamper: crashing(2),
    known: { [id]: entry('unstable', 3, [closed, failed500]) },
  })

  expect(checkOf(repeated)).toMatchObject({ verdict: 'holds', rounds: { violated: 0, rounds: 10 } })
  expect(checkOf(known)).toMatchObject({ verdict: 'unstable', rounds: { violated: 1, rounds: 5 } })
  expect([repeated.code, known.code]).toEqual([0, 0])
})

const env = { S3_UPDATE_BASELINE: '1' }
const baselineOf = async ({ folder }: SuiteRun): Promise<CheckResult | undefined> => {
  const { checks }: Result = JSON.parse(await readFile(join(folder, 'baseline.json'), 'utf8'))
  return checks[id]
}

test('an update of the baseline runs more rounds of a race with violations and records the rate', async ({
  runSuite,
}) => {
  const run = await runSuite({ args, env, tamper: violating(3) })

  expect(await baselineOf(run)).toEqual({ ...entry('unstable', 3), cause: '' })
})

test('an update writes the crashes of a race', async ({ runSuite }) => {
  const run = await runSuite({ args, env, tamper: crashing(2) })

  expect(await baselineOf(run)).toMatchObject({ verdict: 'unstable', severity: 'status', violated: 1, rounds: 30 })
})

test('an update runs no additional rounds of a race that holds', async ({ runSuite }) => {
  const run = await runSuite({ args, env, tamper: violating(0) })

  expect(checkOf(run)).toMatchObject({ verdict: 'holds', rounds: { violated: 0, rounds: 10 } })
  expect(await baselineOf(run)).toEqual({ verdict: 'holds' })
})

test('an update lists races that are fixed or perhaps fixed', async ({ runSuite }) => {
  const often = await runSuite({ args, env, tamper: violating(0), known: { [id]: entry('unstable', 20) } })
  const fixed = await baselineOf(often)
  const rarely = await runSuite({ args, env, tamper: violating(0), known: { [id]: entry('unstable', 3) } })

  expect(often.output).toContain(`\nfixed: ${id} `)
  expect(fixed).toEqual({ verdict: 'holds' })
  expect(rarely.output).toContain(`\nperhaps fixed: ${id} `)
  expect(await baselineOf(rarely)).toEqual({ ...entry('unstable', 3), rounds: 60 })
})
