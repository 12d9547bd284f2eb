import { readChecks } from '../catalogue/checks'
import { expect } from '../test'
import { AGAIN, FREE, failed, honest, id, refusal, TAKEN, VERSIONED, WHAT_EVERY_STORE_DOES } from '../testing/lies'
import { test } from '../testing/nested'

// What a run makes of a store that does not answer, of fixtures that fail, and of what it cannot remove.

test('a fixture that is refused says nothing about the store, and which request it was', async ({ nested }) => {
  const { code, meta, output } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: {
      request: ({ method, path }) =>
        method === 'PUT' && path.includes('versioning')
          ? { status: 403, body: refusal('', 'AccessDenied') }
          : undefined,
      ...honest,
    },
  })

  expect(meta[FREE]).toMatchObject({ verdict: 'holds' })
  expect(meta[VERSIONED]).toMatchObject({ verdict: 'setup failure' })
  expect(output).toContain('Setup failure')
  expect(output).toMatch(/> PUT \S*versioning/)
  expect(code).toBe(1)
})

test('a bucket that could not be made is made anew by the next test', async ({ nested }) => {
  let refused = 0
  const { meta } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: {
      // The first bucket is that of the check before the run.
      request: ({ method, path }) =>
        method === 'PUT' && /^\/s3cr-[\w-]+\/?$/.test(path) && ++refused === 2
          ? { status: 403, body: refusal('', 'AccessDenied') }
          : undefined,
      ...honest,
    },
  })

  expect(Object.values(meta).filter(({ verdict }) => verdict === 'setup failure')).toHaveLength(1)
  expect(Object.values(meta).filter(({ verdict }) => verdict === 'holds')).toHaveLength(3)
})

test('a test that got no answer is run again with fresh fixtures', async ({ nested }) => {
  let silent = 0
  const { code, meta } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: {
      request: ({ method, headers }) =>
        method === 'PUT' && headers['if-none-match'] && ++silent === 1
          ? { status: 503, body: refusal('', 'SlowDown') }
          : undefined,
      ...honest,
    },
  })

  expect(Object.values(meta).filter(({ verdict }) => verdict === 'holds')).toHaveLength(4)
  expect(code).toBe(0)
})

test('a store that is busy for good is no deviation', async ({ nested }) => {
  const { code, meta } = await nested({
    args: [...WHAT_EVERY_STORE_DOES],
    lie: {
      request: ({ headers }) => (headers['if-none-match'] ? { status: 503, body: refusal('', 'SlowDown') } : undefined),
    },
  })

  expect(meta[TAKEN]).toMatchObject({
    verdict: 'no response',
    deviation: { observed: [failed(503, { code: 'SlowDown' })] },
  })
  expect(new Set(Object.values(meta).map(({ verdict }) => verdict))).toEqual(new Set(['no response', undefined]))
  expect(code).toBe(1)
})

test('a store that drops the connection every time can have that in its baseline', async ({ nested }) => {
  const broken = { kind: 'response', operation: 'PutObject' } as const
  const { code, meta } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: { request: ({ headers }) => (headers['if-none-match'] ? 'nothing' : undefined) },
    known: Object.fromEntries([FREE, TAKEN, VERSIONED, AGAIN].map((title) => [id(title), [broken]])),
  })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'known deviation', deviation: { severity: 'status' } })
  expect(code).toBe(0)
})

test('credentials that have expired end the run', async ({ nested }) => {
  let requests = 0
  const { code, meta, output } = await nested({
    args: ['specs/read'],
    lie: {
      request: ({ path }) =>
        path.includes('x-id=GetObject') && ++requests > 20
          ? { status: 400, body: refusal('', 'ExpiredToken') }
          : undefined,
    },
    store: 'localstack@4.14.0',
  })

  expect(output).toContain('ExpiredToken')
  // The run has not come to its end.
  const all = readChecks().filter(({ behaviour }) => behaviour.startsWith('read/'))
  expect(Object.values(meta).filter(({ verdict }) => verdict === 'holds').length).toBeLessThan(all.length / 2)
  expect(code).toBe(1)
})

test('buckets that the store does not let go turn a run red', async ({ nested }) => {
  let stored = false
  const { code, output, meta } = await nested({
    args: ['specs/read/if-match-reads'],
    lie: {
      // The check before the run may delete its bucket.
      request: ({ method, path }) => {
        stored ||= method === 'PUT' && path.includes('x-id=PutObject') && !path.includes('/first?')
        return stored && method === 'DELETE' && !path.includes('x-id=')
          ? { status: 409, body: refusal('', 'BucketNotEmpty') }
          : undefined
      },
    },
  })

  expect(new Set(Object.values(meta).map(({ verdict }) => verdict))).toEqual(new Set(['holds']))
  expect(output).toMatch(/s3cr-\w{10}-/)
  expect(code).toBe(1)
})

test('a store that goes away ends the run and is said once', async ({ nested }) => {
  let requests = 0
  const { code, output, meta } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: { request: () => (++requests > 12 ? 'nothing' : undefined) },
  })

  expect(Object.values(meta).map(({ verdict }) => verdict)).toContain('unreachable')
  expect(output.match(/stopped responding/g)).toHaveLength(1)
  expect(output).not.toContain('FAIL')
  expect(code).toBe(1)
})
