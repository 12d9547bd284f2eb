import { expect, test } from 'vitest'
import type { Target } from '../targets/target'
import { type Beginning, openingLines } from './opening'

const target: Target = {
  endpoint: 'http://localhost:9000',
  region: 'us-east-1',
  forcePathStyle: true,
  store: { name: 'unknown', version: 'unknown', how: 'endpoint' },
  lacks: { versioning: 'it has none', website: 'nobody knows where', kms: 'no check needs it' },
  runId: '0123456789',
  headline: 'Running against a store that does not say what it is at http://localhost:9000.',
}
const beginning: Beginning = {
  seed: 1,
  needs: [['versioning', 'list-versions'], ['website'], [], ['versioning']],
  baseline: { file: 'support/stores/unknown/unknown.json', isThere: false, isNamed: false },
}

test('a new store is told what is unsupported, and what to do next', () => {
  expect(openingLines(target, beginning)).toEqual([
    `${target.headline} FAKER_SEED=1`,
    'Not supported here: versioning and static websites. 3 of 4 checks are skipped.',
    'No baseline for this store: every deviation fails. To write one to support/stores/name/version.json:',
    '  S3_ENDPOINT=http://localhost:9000 S3_STORE=name@version npm run baseline',
  ])
})

test('one with a name is told where its baseline will be', () => {
  const store = { name: 'minio', version: '1', how: 'endpoint' } as const
  const baseline = { file: 'mine.json', isThere: false, isNamed: true }

  expect(openingLines({ ...target, store, lacks: {} }, { ...beginning, baseline }).slice(1)).toEqual([
    'No baseline for minio 1: every deviation fails. To write one to mine.json:',
    '  S3_ENDPOINT=http://localhost:9000 S3_STORE=minio@1 npm run baseline',
  ])
})

test('with a baseline and all capabilities there is one line', () => {
  const baseline = { ...beginning.baseline, isThere: true }

  expect(openingLines({ ...target, lacks: {} }, { ...beginning, baseline })).toHaveLength(1)
})

test('Amazon S3 has no baseline', () => {
  const store = { name: 'aws', version: 'us-east-1', how: 'endpoint' } as const

  expect(openingLines({ ...target, store, lacks: {} }, beginning)).toHaveLength(1)
})
