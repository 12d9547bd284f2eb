import { expect, test } from 'vitest'
import { readSettings } from '../targets/settings'
import type { Target } from '../targets/target'
import { ran, returned200, runOf } from '../testing/results'
import { hints } from './hints'

const settings = readSettings({ S3_ENDPOINT: 'http://127.0.0.1:9000' })
const store = (name: string, version: string) => ({ name, version, how: 'endpoint' as const })
const unknown = runOf([ran('write/a/b', returned200)], {}, { store: store('unknown', 'unknown') })

test.for([
  ['SeaweedFS 8000GB 4.48', 'seaweedfs@4.48'],
  ['MinIO', 'minio@version'],
  ['Werkzeug/3.1.3 Python/3.13.1', 'werkzeug@3.13.1'],
  [undefined, 'name@version'],
] as const)('the suggested name for the server %s is %s', ([server, name]) => {
  expect(hints(unknown, settings, { server } as Target).at(-1)).toBe(
    `  S3_ENDPOINT=http://127.0.0.1:9000 S3_STORE=${name} npm run baseline`,
  )
})

test('a store that has a name keeps it', () => {
  const run = runOf([ran('write/a/b', returned200)], {}, { store: store('minio', '1') })

  expect(hints(run, settings).at(-1)).toContain('S3_STORE=minio@1 ')
})

test('there are no hints for a store without deviations, a store that the run started, or Amazon S3', () => {
  const withoutDeviations = runOf([ran('write/a/b')], {}, { store: store('unknown', 'unknown') })
  const aws = runOf([ran('write/a/b', returned200)], {}, { store: store('aws', 'eu-west-1') })

  expect(hints(withoutDeviations, settings)).toEqual([])
  expect(hints(unknown, { ...settings, endpoint: undefined })).toEqual([])
  expect(hints(aws, settings)).toEqual([])
})
