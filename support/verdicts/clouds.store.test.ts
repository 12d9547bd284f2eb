import { expect } from '../test'
import { type Fault, numbers, type Sent } from '../testing/faulty-cloud'
import { FREE, honest, TAKEN, VERSIONED, WHAT_EVERY_STORE_DOES } from '../testing/misbehaving-stores'
import { type Nested, test as suiteTest } from '../testing/run-suite'

// What a run makes of what clouds do. None of it is ever a deviation of the store, and no bucket is left.

const READS = ['specs/read/if-match', 'specs/read/if-none-match']
const test = suiteTest.extend('through', ({ runSuite }) => {
  return async (
    fault: (sent: Sent) => Fault | undefined,
    {
      args = WHAT_EVERY_STORE_DOES,
      clock = 0,
      env = {},
    }: { args?: string[]; clock?: number; env?: NodeJS.ProcessEnv } = {},
  ) => runSuite({ args, fault, clock, env, tamper: honest })
})

const verdicts = ({ meta }: Nested) => Object.values(meta).map(({ verdict }) => verdict)
const deviations = (run: Nested) => verdicts(run).filter((verdict) => /deviat/.test(verdict ?? ''))
const isOf = (operation: 'versioning' | 'policy' | 'website', { method, path }: Sent) =>
  method === 'PUT' && new RegExp(`[?&]${operation}(=|&|$)`).test(path)

/** All requests but those that anything else would do to, with this probability. */
function sometimes(fault: Fault, share: number): (sent: Sent) => Fault | undefined {
  const next = numbers(42)
  return () => (next() < share ? fault : undefined)
}

test.for<[string, Fault, number]>([
  ['503 to 1 % of all requests', { status: 503, code: 'SlowDown' }, 0.01],
  ['503 to 5 % of all requests', { status: 503, code: 'SlowDown' }, 0.05],
  ['500 to 3 % of all requests', { status: 500, code: 'InternalError' }, 0.03],
  ['3 % of all connections reset', 'reset', 0.03],
  ['answers that take longer', { delay: 200 }, 0.5],
])('%s: the run is green', async ([, fault, share], { through }) => {
  const run = await through(sometimes(fault, share), { args: READS })

  expect(deviations(run)).toEqual([])
  expect(new Set(verdicts(run))).toEqual(new Set(['holds']))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('a request that is never answered is sent again with fresh fixtures', async ({ through }) => {
  let hung = false
  const run = await through(
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
])('another region, said with %s, is named with the way out', async ([, fault], { through }) => {
  const run = await through(({ method }) => (method === 'PUT' ? fault : undefined))

  expect(run.output).toMatch(/ is in another region: it answered CreateBucket with .*\nSet AWS_REGION=eu-west-1\./)
  expect(run).toMatchObject({ code: 1, left: [], meta: {} })
})

const denied: Fault = { status: 403, code: 'AccessDenied' }

test('ListBuckets that is denied is named', async ({ through }) => {
  const run = await through(({ method, path }) => (method === 'GET' && /^\/\?/.test(path) ? denied : undefined))

  expect(run.output).toContain('does not allow ListBuckets to these credentials')
  expect(run).toMatchObject({ code: 1, left: [] })
})

test('versioning that is denied is a failed setup that names the request', async ({ through }) => {
  const run = await through((sent) => (isOf('versioning', sent) ? denied : undefined))

  expect(run.meta[TAKEN]).toMatchObject({ verdict: 'holds' })
  expect(run.meta[VERSIONED]).toMatchObject({ verdict: 'setup failure' })
  expect(run.output).toContain('> PUT ')
  expect(run.output).toContain('<Code>AccessDenied</Code>')
  expect(run).toMatchObject({ code: 1, left: [] })
})

test('versioning that the store says it lacks is unsupported', async ({ through }) => {
  const lacking: Fault = { status: 501, code: 'NotImplemented' }
  const run = await through((sent) => (isOf('versioning', sent) ? lacking : undefined))

  expect(run.meta[FREE]).toMatchObject({ verdict: 'holds' })
  expect(run.meta[VERSIONED]).toMatchObject({ verdict: 'unsupported' })
  expect(run).toMatchObject({ code: 0, left: [] })
})

const PUBLIC = ['specs/read/a-missing-key-is-403-to-a-caller', '-t', 'answers 200 for a key that is there']

test('public access that the account blocks is unsupported', async ({ through }) => {
  const run = await through((sent) => (isOf('policy', sent) ? denied : undefined), { args: PUBLIC })

  expect(new Set(verdicts(run))).toEqual(new Set(['unsupported', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('a policy that is not effective at once is waited for', async ({ through }) => {
  let effective = Number.POSITIVE_INFINITY
  const run = await through(
    (sent) => {
      if (isOf('policy', sent)) effective = Date.now() + 2_000
      return sent.method === 'GET' && !sent.headers.authorization && Date.now() < effective ? denied : undefined
    },
    { args: PUBLIC },
  )

  expect(new Set(verdicts(run))).toEqual(new Set(['holds', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('a bucket and its versioning that are not effective at once are waited for', async ({ through }) => {
  const isBucket = ({ method, path }: Sent) => method === 'PUT' && /^\/s3cr-[\w-]+\/?$/.test(path)
  const run = await through((sent) => (isBucket(sent) || isOf('versioning', sent) ? { late: 2_000 } : undefined))

  expect(new Set(verdicts(run))).toEqual(new Set(['holds', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('a website that is not effective at once is waited for', async ({ runSuite }) => {
  const run = await runSuite({
    store: 'localstack@a-liar',
    args: ['specs/read/a-website'],
    fault: (sent) => (isOf('website', sent) ? { late: 2_000 } : undefined),
  })

  expect(verdicts(run)).toEqual(['holds', 'holds'])
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('a clock that is an hour ahead is corrected', async ({ through }) => {
  const clock = 60 * 60_000
  const skewed: Fault = { status: 403, code: 'RequestTimeTooSkewed' }
  const run = await through(
    ({ headers: { 'x-amz-date': date = '' } }) => {
      const [year, month, day, hour, minute] =
        String(date)
          .match(/\d\d(?=\d*T?)/g)
          ?.slice(1)
          .map(Number) ?? []
      const said = Date.UTC(2000 + (year ?? 0), (month ?? 0) - 1, day, hour, minute)
      return date !== '' && Math.abs(Date.now() + clock - said) > 15 * 60_000 ? skewed : undefined
    },
    { clock },
  )

  expect(new Set(verdicts(run))).toEqual(new Set(['holds', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})

test('entity tags of SSE-KMS are no MD5', async ({ through }) => {
  const add = { 'x-amz-server-side-encryption': 'aws:kms', etag: '"0123456789abcdef0123456789abcdef"' }
  const run = await through(
    ({ method, path }) => (method === 'PUT' && path.includes('x-id=PutObject') ? { add } : undefined),
    {
      args: ['specs/read/the-entity-tag-is-the-same', '-t', 'is given by PutObject'],
    },
  )

  expect(new Set(verdicts(run))).toEqual(new Set(['unsupported', undefined]))
  expect(run).toMatchObject({ code: 0, left: [] })
})
