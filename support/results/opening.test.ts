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
  known: { file: 'support/stores/unknown/unknown.json', isThere: false, isNamed: false },
}

test('a new store is told what does not apply, and what to do next', () => {
  expect(openingLines(target, beginning)).toEqual([
    `${target.headline} FAKER_SEED=1`,
    'It lacks versioning and static websites: 3 of 4 checks do not apply.',
    'Nothing is recorded of it: what differs from Amazon S3 is red. To have it known, in support/stores/name/version.json:',
    '  S3_ENDPOINT=http://localhost:9000 S3_STORE=name@version npm run record',
  ])
})

test('one with a name is told where its recording will lie', () => {
  const store = { name: 'minio', version: '1', how: 'endpoint' } as const
  const known = { file: 'mine.json', isThere: false, isNamed: true }

  expect(openingLines({ ...target, store, lacks: {} }, { ...beginning, known }).slice(1)).toEqual([
    'Nothing is recorded of minio 1: what differs from Amazon S3 is red. To have it known, in mine.json:',
    '  S3_ENDPOINT=http://localhost:9000 S3_STORE=minio@1 npm run record',
  ])
})

test('where all is known there is one line', () => {
  const known = { ...beginning.known, isThere: true }

  expect(openingLines({ ...target, lacks: {} }, { ...beginning, known })).toHaveLength(1)
})

test('Amazon S3 has nothing to be known', () => {
  const store = { name: 'aws', version: 'us-east-1', how: 'endpoint' } as const

  expect(openingLines({ ...target, store, lacks: {} }, beginning)).toHaveLength(1)
})
