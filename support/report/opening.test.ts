import { expect, test } from 'vitest'
import type { Target } from '../targets/target'
import { exampleOf } from '../testing/results'
import { costLine, type OpeningInput, openingLines } from './opening'

const target: Target = {
  endpoint: 'http://localhost:9000',
  region: 'us-east-1',
  forcePathStyle: true,
  store: { name: 'unknown', version: 'unknown', how: 'endpoint' },
  unsupported: {
    versioning: 'PutBucketVersioning failed with 501 NotImplemented',
    website: 'the host of the website endpoint is not known',
    'second-user': 'no second user is configured',
    'bucket-region': 'CreateBucket in eu-west-1 failed with 500 InternalError',
  },
  runId: '0123456789',
  latencyMs: 4,
  headline: 'Running against http://localhost:9000, whose server identifies itself as “SeaweedFS 4.48”.',
}
const input: OpeningInput = { seed: 1, requests: () => 30_000 }

test('the opening lines list unsupported capabilities with reasons, untried capabilities, and the duration', () => {
  expect(openingLines(target, input)).toEqual([
    `${target.headline} FAKER_SEED=1`,
    'Checks that need one of these capabilities are skipped:',
    '  versioning: PutBucketVersioning failed with 501 NotImplemented',
    '  buckets outside us-east-1: CreateBucket in eu-west-1 failed with 500 InternalError',
    '  not tried: static websites, requests by a second user',
    'A complete run takes about 1 minute on this store.',
  ])
})

test('a capability that is known to be unsupported is listed like one that was tried', () => {
  const store = { name: 'localstack', version: '4.14.0', how: 'process' } as const
  const unsupported = { website: 'it has none', 'second-user': 'no second user is configured' }

  expect(openingLines({ ...target, store, unsupported, latencyMs: undefined }, input)).toEqual([
    `${target.headline} FAKER_SEED=1`,
    'Checks that need one of these capabilities are skipped:',
    '  static websites: it has none',
    '  not tried: requests by a second user',
  ])
})

test('a run takes longer on a store with a high latency', () => {
  expect(openingLines({ ...target, latencyMs: 60 }, input).at(-1)).toBe(
    'A complete run takes about 7 minutes on this store.',
  )
})

test('a notice is the first line', () => {
  const notice = 'LocalStack was replaced by the reference store, because the package index is unreachable.'

  expect(openingLines({ ...target, notice }, input).slice(0, 2)).toEqual([notice, `${target.headline} FAKER_SEED=1`])
})

test('a store with all capabilities gets one line', () => {
  expect(openingLines({ ...target, unsupported: {}, latencyMs: undefined }, input)).toHaveLength(1)
})

test('classes of keys that the store does not support are listed in order, with the reason', () => {
  const brokenKeys = { ü: 'CopyObject failed with 404 NoSuchKey', plus: 'no response to PutObject in time' }

  expect(openingLines({ ...target, unsupported: {}, latencyMs: undefined, brokenKeys }, input).slice(1)).toEqual([
    '  keys that contain a plus sign are used only in specs/keys: no response to PutObject in time',
    '  keys that contain an umlaut are used only in specs/keys: CopyObject failed with 404 NoSuchKey',
  ])
})

test('the cost of a run on Amazon S3 is estimated from the highest counts in baselines', () => {
  const baselines = [
    exampleOf({}, { requests: { 'read/a': 10, 'read/b': 3 }, buckets: 2 }),
    exampleOf({}, { requests: { 'read/a': 1 }, buckets: 4 }),
  ]

  expect(costLine(['read/a', 'read/new'], baselines)).toMatch(/ 4 buckets.* 30 requests/)
  expect(costLine(['read/a'], [])).toMatch(/ 0 buckets/)
})
