import { expect } from '../test'
import { type Fault, numbers } from '../testing/faulty-cloud'
import { FREE, TAKEN, VERSIONED, WHAT_EVERY_STORE_DOES, withCondition } from '../testing/misbehaving-stores'
import { type SuiteRun, test as suiteTest } from '../testing/run-suite'
import type { ForwardedRequest } from '../wire/tampering-proxy'

// A run against a cloud store does not report transient errors or delays as deviations, and leaves no buckets behind.

const READS = ['specs/read/if-match', 'specs/read/if-none-match']
const test = suiteTest.extend('runThroughCloud', ({ runSuite }) => {
  return async (
    fault: (sent: ForwardedRequest) => Fault | undefined,
    {
      args = WHAT_EVERY_STORE_DOES,
      clock = 0,
      env = {},
    }: { args?: string[]; clock?: number; env?: NodeJS.ProcessEnv } = {},
  ) => runSuite({ args, fault, clock, env, tamper: withCondition })
})

const verdicts = ({ meta }: SuiteRun) => Object.values(meta).map(({ verdict }) => verdict)
const deviations = (run: SuiteRun) => verdicts(run).filter((verdict) => /deviat/.test(verdict ?? ''))
const isOf = (operation: 'versioning' | 'policy' | 'website', { method, path }: ForwardedRequest) =>
  method === 'PUT' && new RegExp(`[?&]${operation}(=|&|$)`).test(path)

/** Injects a fault into pseudorandomly chosen requests. @param share the proportion of requests, from 0 to 1 */
function sometimes(fault: Fault, share: number): (sent: ForwardedRequest) => Fault | undefined {
  const next = numbers(42)
  return () => (next() < share ? fault : undefined)
}

test.for<[string, Fault, number]>([
  ['503 for 1 % of all requests', { status: 503, code: 'SlowDown' }, 0.01],
  ['503 for 5 % of all requests', { status: 503, code: 'SlowDown' }, 0.05],
  ['500 for 3 % of all requests', { status: 500, code: 'InternalError' }, 0.03],
  ['3 % of all connections reset', 'reset', 0.03],
  ['slow responses', { delay: 200 }, 0.5],
])('a run passes with %s', async ([, fault, share], { runThroughCloud }) => {
  const run = await runThroughCloud(sometimes(fault, share), { args: READS })

  expect(deviations(run)).toEqual([])
  expect(new Set(verdicts(run))).toEqual(new Set(['holds']))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('a check without a response is repeated with new fixtures', async ({ runThroughCloud }) => {
  let hung = false
  const run = await runThroughCloud(
    ({ headers }) => {
      if (hung || !headers['if-none-match']) return undefined
      hung = true
      return 'hang'
    },
    { args: READS },
  )

  expect(new Set(verdicts(run))).toEqual(new Set(['holds']))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test.for<[string, Fault]>([
  ['307', { status: 307, code: 'TemporaryRedirect', headers: { 'x-amz-bucket-region': 'eu-west-1' } }],
  ['301', { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-1' } }],
  ['400', { status: 400, code: 'AuthorizationHeaderMalformed', region: 'eu-west-1' }],
])(
  'a redirect to another region with %s is reported with the setting that fixes it',
  async ([, fault], { runThroughCloud }) => {
    const run = await runThroughCloud(({ method }) => (method === 'PUT' ? fault : undefined))

    expect(run.output).toMatch(/ is not in the configured region: CreateBucket returned .*\nSet AWS_REGION=eu-west-1\./)
    expect(run).toMatchObject({ code: 1, left: [], meta: {} })
  },
)

const denied: Fault = { status: 403, code: 'AccessDenied' }

test('a denied ListBuckets is reported', async ({ runThroughCloud }) => {
  const run = await runThroughCloud(({ method, path }) => (method === 'GET' && /^\/\?/.test(path) ? denied : undefined))

  expect(run.output).toContain('does not allow ListBuckets with these credentials')
  expect(run).toMatchObject({ code: 1, left: [] })
})

test('a denied PutBucketVersioning is a setup failure that shows the request', async ({ runThroughCloud }) => {
  const run = await runThroughCloud((sent) => (isOf('versioning', sent) ? denied : undefined))

  expect(run.meta[TAKEN]).toMatchObject({ verdict: 'holds' })
  expect(run.meta[VERSIONED]).toMatchObject({ verdict: 'setup failure' })
  expect(run.output).toContain('> PUT ')
  expect(run.output).toContain('<Code>AccessDenied</Code>')
  expect(run).toMatchObject({ code: 1, left: [] })
})

test('versioning is unsupported if PutBucketVersioning fails with 501', async ({ runThroughCloud }) => {
  const notImplemented: Fault = { status: 501, code: 'NotImplemented' }
  const run = await runThroughCloud((sent) => (isOf('versioning', sent) ? notImplemented : undefined))

  expect(run.meta[FREE]).toMatchObject({ verdict: 'holds' })
  expect(run.meta[VERSIONED]).toMatchObject({ verdict: 'unsupported' })
  expect(run).toMatchObject({ code: 0, left: [] })
})

const PUBLIC = ['specs/read/a-missing-key-fails-with-403', '-t', 'returns 200 when the ETag does not match']

test('public access is unsupported if the account blocks it', async ({ runThroughCloud }) => {
  const run = await runThroughCloud((sent) => (isOf('policy', sent) ? denied : undefined), { args: PUBLIC })

  expect(new Set(verdicts(run))).toEqual(new Set(['unsupported', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('the suite waits until a policy takes effect', async ({ runThroughCloud }) => {
  let effective = Number.POSITIVE_INFINITY
  const run = await runThroughCloud(
    (sent) => {
      if (isOf('policy', sent)) effective = Date.now() + 2_000
      return sent.method === 'GET' && !sent.headers.authorization && Date.now() < effective ? denied : undefined
    },
    { args: PUBLIC },
  )

  expect(new Set(verdicts(run))).toEqual(new Set(['holds', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('the suite waits until a bucket is available and its versioning takes effect', async ({ runThroughCloud }) => {
  const isBucket = ({ method, path }: ForwardedRequest) => method === 'PUT' && /^\/s3cr-[\w-]+\/?$/.test(path)
  const run = await runThroughCloud((sent) =>
    isBucket(sent) || isOf('versioning', sent) ? { late: 2_000 } : undefined,
  )

  expect(new Set(verdicts(run))).toEqual(new Set(['holds', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('the suite waits until a website is available', async ({ runSuite }) => {
  const run = await runSuite({
    store: 'localstack@misbehaving',
    args: ['specs/read/a-website'],
    fault: (sent) => (isOf('website', sent) ? { late: 2_000 } : undefined),
  })

  expect(verdicts(run)).toEqual(['holds', 'holds'])
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('a clock skew of an hour is corrected', async ({ runThroughCloud }) => {
  const clock = 60 * 60_000
  const skewed: Fault = { status: 403, code: 'RequestTimeTooSkewed' }
  const run = await runThroughCloud(
    ({ headers: { 'x-amz-date': date = '' } }) => {
      const [year, month, day, hour, minute] =
        String(date)
          .match(/\d\d(?=\d*T?)/g)
          ?.slice(1)
          .map(Number) ?? []
      const signedAt = Date.UTC(2000 + (year ?? 0), (month ?? 0) - 1, day, hour, minute)
      return date !== '' && Math.abs(Date.now() + clock - signedAt) > 15 * 60_000 ? skewed : undefined
    },
    { clock },
  )

  expect(new Set(verdicts(run))).toEqual(new Set(['holds', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('ETags of objects encrypted with SSE-KMS are not compared with an MD5', async ({ runThroughCloud }) => {
  const add = { 'x-amz-server-side-encryption': 'aws:kms', etag: '"0123456789abcdef0123456789abcdef"' }
  const run = await runThroughCloud(
    ({ method, path }) => (method === 'PUT' && path.includes('x-id=PutObject') ? { add } : undefined),
    {
      args: ['specs/read/the-etag-is-the-same', '-t', 'PutObject returns the quoted MD5'],
    },
  )

  expect(new Set(verdicts(run))).toEqual(new Set(['unsupported', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})
