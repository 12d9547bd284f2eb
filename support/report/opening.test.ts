import { expect, test } from 'vitest'
import type { Target } from '../targets/target'
import { type Beginning, openingLines } from './opening'

const target: Target = {
  endpoint: 'http://localhost:9000',
  region: 'us-east-1',
  forcePathStyle: true,
  store: { name: 'unknown', version: 'unknown', how: 'endpoint' },
  unsupported: {
    versioning: 'PutBucketVersioning failed with 501 NotImplemented',
    website: 'it is not known at which host the store serves websites',
    'second-user': 'no second account is known',
    'bucket-region': 'CreateBucket in eu-west-1 failed with 500 InternalError',
  },
  runId: '0123456789',
  latencyMs: 4,
  headline: 'Running against http://localhost:9000, which calls itself “SeaweedFS 4.48”.',
}
const beginning: Beginning = {
  seed: 1,
  requests: () => 30_000,
}

test('a store is told what is unsupported, and why; what was not tried; and how long it takes', () => {
  expect(openingLines(target, beginning)).toEqual([
    `${target.headline} FAKER_SEED=1`,
    'Checks that need one of these are skipped:',
    '  no versioning: PutBucketVersioning failed with 501 NotImplemented',
    '  no buckets with a region: CreateBucket in eu-west-1 failed with 500 InternalError',
    '  not tried: static websites, a second account',
    'A whole run takes about 1 minute here.',
  ])
})

test('what is known to be lacking is no less so than what was tried', () => {
  const store = { name: 'localstack', version: '4.14.0', how: 'process' } as const
  const unsupported = { website: 'it has none', 'second-user': 'no second account is known' }

  expect(openingLines({ ...target, store, unsupported, latencyMs: undefined }, beginning)).toEqual([
    `${target.headline} FAKER_SEED=1`,
    'Checks that need one of these are skipped:',
    '  no static websites: it has none',
    '  not tried: a second account',
  ])
})

test('a slow store takes its time', () => {
  expect(openingLines({ ...target, latencyMs: 60 }, beginning).at(-1)).toBe('A whole run takes about 7 minutes here.')
})

test('a notice comes before all other lines', () => {
  const notice = 'Not LocalStack: the reference store, because the package index cannot be reached'

  expect(openingLines({ ...target, notice }, beginning).slice(0, 2)).toEqual([
    notice,
    `${target.headline} FAKER_SEED=1`,
  ])
})

test('with all capabilities there is one line', () => {
  expect(openingLines({ ...target, unsupported: {}, latencyMs: undefined }, beginning)).toHaveLength(1)
})

test('the characters that keys of fixtures do without are named, in their order, and why', () => {
  const brokenKeys = { ü: 'CopyObject failed with 404 NoSuchKey', plus: 'no response to PutObject in time' }

  expect(openingLines({ ...target, unsupported: {}, latencyMs: undefined, brokenKeys }, beginning).slice(1)).toEqual([
    '  no keys with a plus, except in specs/keys: no response to PutObject in time',
    '  no keys with an umlaut, except in specs/keys: CopyObject failed with 404 NoSuchKey',
  ])
})
