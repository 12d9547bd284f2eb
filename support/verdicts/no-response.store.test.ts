import { expect } from '../test'
import {
  AGAIN,
  errorBody,
  FREE,
  failed,
  id,
  TAKEN,
  VERSIONED,
  WHAT_EVERY_STORE_DOES,
  withCondition,
} from '../testing/misbehaving-stores'
import { type SuiteOptions, test } from '../testing/run-suite'
import type { Tamper } from '../wire/tampering-proxy'
import { readChecks } from './manifest'

// How a run handles a store that does not respond, fixtures that fail, and buckets that cannot be removed.

test('a failed request from a fixture is a setup failure that shows the request', async ({ runSuite }) => {
  const { code, meta, output } = await runSuite({
    args: WHAT_EVERY_STORE_DOES,
    tamper: {
      request: ({ method, path }) =>
        method === 'PUT' && path.includes('versioning')
          ? { status: 403, body: errorBody('', 'AccessDenied') }
          : undefined,
      ...withCondition,
    },
  })

  expect(meta[FREE]).toMatchObject({ verdict: 'holds' })
  expect(meta[VERSIONED]).toMatchObject({ verdict: 'setup failure' })
  expect(output).toContain('Setup failure')
  expect(output).toMatch(/> PUT \S*versioning/)
  expect(code).toBe(1)
})

test('if a bucket could not be created, the next test that needs it tries again', async ({ runSuite }) => {
  let creations = 0
  const { meta } = await runSuite({
    args: WHAT_EVERY_STORE_DOES,
    tamper: {
      // Before the tests start, the run creates a bucket to check the store. The second bucket is for the tests.
      request: ({ method, path }) =>
        method === 'PUT' && /^\/s3cr-[\w-]+\/?$/.test(path) && ++creations === 2
          ? { status: 403, body: errorBody('', 'AccessDenied') }
          : undefined,
      ...withCondition,
    },
  })

  expect(Object.values(meta).filter(({ verdict }) => verdict === 'setup failure')).toHaveLength(1)
  expect(Object.values(meta).filter(({ verdict }) => verdict === 'holds')).toHaveLength(3)
})

test('a test without a response is repeated with new fixtures', async ({ runSuite }) => {
  let writes = 0
  const { code, meta } = await runSuite({
    args: WHAT_EVERY_STORE_DOES,
    tamper: {
      request: ({ method, headers }) =>
        method === 'PUT' && headers['if-none-match'] && ++writes === 1
          ? { status: 503, body: errorBody('', 'SlowDown') }
          : undefined,
      ...withCondition,
    },
  })

  expect(Object.values(meta).filter(({ verdict }) => verdict === 'holds')).toHaveLength(4)
  expect(code).toBe(0)
})

test('a store that always returns SlowDown does not deviate', async ({ runSuite }) => {
  const { code, meta } = await runSuite({
    args: [...WHAT_EVERY_STORE_DOES],
    tamper: {
      request: ({ headers }) =>
        headers['if-none-match'] ? { status: 503, body: errorBody('', 'SlowDown') } : undefined,
    },
  })

  expect(meta[TAKEN]).toMatchObject({
    verdict: 'no response',
    deviation: { observed: [failed(503, { code: 'SlowDown' })] },
  })
  expect(new Set(Object.values(meta).map(({ verdict }) => verdict))).toEqual(new Set(['no response', undefined]))
  expect(code).toBe(1)
})

const dropped: Tamper = { request: ({ headers }) => (headers['if-none-match'] ? 'reset' : undefined) }
const broken = { kind: 'response', operation: 'PutObject' } as const

test('a store that always drops the connection deviates, and the baseline can record the deviation', async ({
  runSuite,
}) => {
  const all = [FREE, TAKEN, VERSIONED, AGAIN]
  const known = Object.fromEntries(all.map((title) => [id(title), [broken]]))
  const withoutBaseline = await runSuite({ args: WHAT_EVERY_STORE_DOES, tamper: dropped })
  const withBaseline = await runSuite({ args: WHAT_EVERY_STORE_DOES, tamper: dropped, known })

  expect(withoutBaseline.meta[TAKEN]).toMatchObject({
    verdict: 'deviation',
    deviation: { severity: 'status', observed: [broken] },
  })
  expect(withBaseline.meta[TAKEN]).toMatchObject({ verdict: 'known deviation', deviation: { severity: 'status' } })
  expect([withoutBaseline.code, withBaseline.code]).toEqual([1, 0])
})

test('a request is sent only twice if the store never responds to its operation', async ({ runSuite }) => {
  const args = ['specs/complete-multipart-upload/if-none-match-never-overwrites']
  let sent = 0
  const fault: SuiteOptions['fault'] = ({ method, path }) =>
    method === 'POST' && path.includes('uploadId') && ++sent ? 'hang' : undefined

  await runSuite({ args: [...args, '-t', 'when the key does not exist'], fault })
  expect(sent).toBe(2)
  const { meta } = await runSuite({ args, fault })

  const verdicts = Object.values(meta).map(({ verdict }) => verdict)
  // No CompleteMultipartUpload request has succeeded, so a check whose fixture sends one is unsupported.
  expect(verdicts.filter((verdict) => verdict !== 'deviation' && verdict !== 'unsupported')).toEqual([])
  expect(verdicts).toContain('deviation')
  // Checks run concurrently. By the time the second request has timed out, the first check may have sent two requests,
  // and every other check one request.
  expect(sent - 2).toBeLessThanOrEqual(verdicts.length + 1)
})

test('a check that fails differently in every attempt has the verdict no response', async ({ runSuite }) => {
  let sent = 0
  const { meta } = await runSuite({
    args: WHAT_EVERY_STORE_DOES,
    tamper: {
      request: ({ headers }) => {
        if (!headers['if-none-match']) return undefined
        return ++sent % 2 ? 'reset' : { status: 500, body: errorBody('', `Error${sent}`) }
      },
    },
  })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'no response' })
})

test('an operation that a fixture needs is unsupported if it never gets a response', async ({ runSuite }) => {
  const { code, meta } = await runSuite({
    args: WHAT_EVERY_STORE_DOES,
    tamper: {
      request: ({ method, path }) =>
        method === 'PUT' && path.includes('versioning')
          ? { status: 500, body: errorBody('', 'InternalError') }
          : undefined,
      ...withCondition,
    },
  })

  expect(meta[FREE]).toMatchObject({ verdict: 'holds' })
  expect(meta[VERSIONED]).toMatchObject({
    verdict: 'unsupported',
    unsupported: { PutBucketVersioning: expect.stringContaining('PutBucketVersioning failed with 500 InternalError') },
  })
  expect(code).toBe(0)
})

test('expired credentials end the run', async ({ runSuite }) => {
  let requests = 0
  const { code, meta, output } = await runSuite({
    args: ['specs/read'],
    tamper: {
      request: ({ path }) =>
        path.includes('x-id=GetObject') && ++requests > 20
          ? { status: 400, body: errorBody('', 'ExpiredToken') }
          : undefined,
    },
    store: 'localstack@4.14.0',
  })

  expect(output).toContain('ExpiredToken')
  // The run was cancelled, so most checks did not run.
  const all = readChecks().filter(({ behaviour }) => behaviour.startsWith('read/'))
  expect(Object.values(meta).filter(({ verdict }) => verdict === 'holds').length).toBeLessThan(all.length / 2)
  expect(code).toBe(1)
})

test('buckets that cannot be removed are reported at the end', async ({ runSuite }) => {
  let stored = false
  const { code, output, meta } = await runSuite({
    args: ['specs/read/if-match-reads'],
    tamper: {
      // The run creates a bucket to check the store. That bucket can still be deleted.
      request: ({ method, path }) => {
        stored ||= method === 'PUT' && path.includes('x-id=PutObject') && !path.includes('/first?')
        return stored && method === 'DELETE' && !path.includes('x-id=')
          ? { status: 409, body: errorBody('', 'BucketNotEmpty') }
          : undefined
      },
    },
  })

  expect(new Set(Object.values(meta).map(({ verdict }) => verdict))).toEqual(new Set(['holds']))
  expect(output).toMatch(/Buckets named s3cr-\w{10}-\* may remain: s3cr-.* \(409 BucketNotEmpty: .*npm run clean/)
  expect(code).toBe(0)
})

test('a store that stops responding ends the run and is reported once', async ({ runSuite }) => {
  let requests = 0
  const { code, output, meta } = await runSuite({
    args: WHAT_EVERY_STORE_DOES,
    tamper: { request: () => (++requests > 12 ? 'reset' : undefined) },
  })

  expect(Object.values(meta).map(({ verdict }) => verdict)).toContain('unreachable')
  expect(output.match(/stopped responding/g)).toHaveLength(1)
  expect(output).not.toContain('FAIL')
  expect(code).toBe(1)
})
