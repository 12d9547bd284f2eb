import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SetupError } from '../errors'
import { results } from '../paths'
import { defaultStore } from '../stores/stores'
import { fakePython } from '../testing/fake-python'
import { readSettings } from './settings'

/** The one message that a user gets for these variables. */
function complaint(env: Record<string, string>): string {
  try {
    readSettings(env)
  } catch (error) {
    if (error instanceof SetupError) return error.message
    throw error
  }
  throw new Error('the settings were accepted')
}

describe('settings', () => {
  test('run the default store when nothing is set', () => {
    const otherwise = { results, hasCredentials: false, mayFallBack: true }

    expect(readSettings({})).toEqual({ target: defaultStore.name, ...otherwise })
  })

  test('take S3_ENDPOINT alone for S3_TARGET=endpoint, and leave its last slash away', () => {
    expect(readSettings({ S3_ENDPOINT: 'http://localhost:4566/' })).toMatchObject({
      target: 'endpoint',
      endpoint: 'http://localhost:4566',
    })
  })

  test('read the store, the seed, the region, and whether there are credentials', () => {
    const env = { S3_ENDPOINT: 'https://s3.example.com', S3_STORE: 'minio@2025.9.7', FAKER_SEED: '0' }
    const aws = { AWS_DEFAULT_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }
    expect(readSettings({ ...env, ...aws })).toEqual({
      target: 'endpoint',
      endpoint: 'https://s3.example.com',
      store: { name: 'minio', version: '2025.9.7' },
      seed: 0,
      region: 'eu-west-1',
      results,
      hasCredentials: true,
    })
  })

  test('name the variable, the value and the allowed values', () => {
    expect(complaint({ S3_TARGET: 'gcs' })).toMatch(
      /^S3_TARGET=gcs must be one of \w+, \w+-container, \w+-process, ministack, .*endpoint, aws; /,
    )
  })

  test('read the Python, and ignore it for a store that needs none', ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 's3cr-settings-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const [old, S3_PYTHON] = [fakePython(folder, '3.9'), fakePython(folder, '3.11')]

    const python = { file: S3_PYTHON, executable: S3_PYTHON, version: [3, 11] }
    expect(readSettings({ S3_PYTHON })).toMatchObject({ target: defaultStore.name, python })
    expect(readSettings({ S3_PYTHON: old, S3_TARGET: 'versitygw' }).target).toBe('versitygw')
    expect(readSettings({ S3_PYTHON: old, S3_ENDPOINT: 'http://localhost:4566' }).target).toBe('endpoint')
  })

  test('read what a store lacks', () => {
    expect(readSettings({ S3_UNSUPPORTED: 'website, versioning' }).unsupported).toEqual({
      website: 'S3_UNSUPPORTED says so',
      versioning: 'S3_UNSUPPORTED says so',
    })
    expect(readSettings({ S3_UNSUPPORTED: 'nothing' }).unsupported).toEqual({})
    expect(complaint({ S3_UNSUPPORTED: 'versions' })).toMatch(
      /^S3_UNSUPPORTED=versions must be nothing, or some of versioning, .*, with commas\.$/,
    )
  })

  test.for([
    ['S3_TARGETS', 'S3_TARGET'],
    ['s3_endpoint', 'S3_ENDPOINT'],
    ['S3_ENPOINT', 'S3_ENDPOINT'],
    ['FAKER_SEEDS', 'FAKER_SEED'],
  ] as const)('name %s, which is nearly one', ([name, meant]) => {
    expect(complaint({ [name]: 'aws' })).toBe(`${name} is no setting: is ${meant} meant? Rename it, or take it away.`)
  })

  test('leave other variables alone', () => {
    const others = { S3_BUCKET: 'b', S3_PREFIX: 'p', S3TEST_CONF: 'c', S3_REGION: 'r', AWS_REGION: 'eu-west-1' }
    expect(readSettings(others).target).toBe(defaultStore.name)
  })

  test.for([
    'S3_TARGET',
    'S3_ENDPOINT',
    'S3_STORE',
    'S3_PYTHON',
    'S3_UNSUPPORTED',
    'S3_BASELINE',
    'S3_UPDATE_BASELINE',
    'S3_RESULTS',
    'S3_DEVIATIONS',
    'FAKER_SEED',
  ])('refuse an empty %s with an example', (name) => {
    expect(complaint({ [name]: '' })).toMatch(new RegExp(`^${name}= must not be empty: write it like \\S+, or .*$`))
  })

  test('show a bare host with its scheme', () => {
    expect(complaint({ S3_ENDPOINT: 'localhost:4566' })).toBe(
      'S3_ENDPOINT=localhost:4566 must begin with http:// or https://, for example http://localhost:4566.',
    )
  })

  test.for([
    'http://someone:hunter2@host:9000',
    'http://someone:hun/hunter2@host:9000',
    'someone:hunter2@host:9000',
    'ftp://someone:hunter2@host',
    'http://host:9000/?X-Amz-Signature=hunter2',
    'http://host:9000/#hunter2',
  ])('never print a secret: %s', (S3_ENDPOINT) => {
    expect(complaint({ S3_ENDPOINT })).toMatch(/^S3_ENDPOINT=.*http:\/\//)
    expect(complaint({ S3_ENDPOINT })).not.toContain('hunter2')
  })

  test.for(['http://', 'http://host:99999', 'http://host/bucket', 'ftp://host', 'https//host'])(
    'refuse %s and say what an endpoint looks like',
    (S3_ENDPOINT) => {
      expect(complaint({ S3_ENDPOINT })).toMatch(/ http:\/\/(localhost:4566|host)\.$/)
    },
  )

  test('refuse variables that contradict each other', () => {
    expect(complaint({ S3_TARGET: 'aws', S3_ENDPOINT: 'http://localhost:4566' })).toContain('contradict')
    expect(complaint({ S3_TARGET: 'endpoint' })).toContain('needs S3_ENDPOINT')
    expect(complaint({ S3_TARGET: defaultStore.name, S3_STORE: 'minio@1' })).toContain('S3_STORE=minio@1')
    expect(complaint({ S3_ENDPOINT: 'http://localhost:4566', AWS_ACCESS_KEY_ID: 'id' })).toContain(
      'AWS_SECRET_ACCESS_KEY is missing',
    )
  })

  test('make paths of files whole, and take one that is not there yet', () => {
    expect(readSettings({ S3_BASELINE: 'new.json', S3_RESULTS: 'far/away.json' })).toMatchObject({
      baseline: resolve('new.json'),
      results: resolve('far/away.json'),
    })
  })

  test('refuse what can be no file', () => {
    const folder = resolve('nowhere')
    expect(complaint({ S3_BASELINE: 'support' })).toBe(
      'S3_BASELINE=support is not a file; it must name one like my-store.json.',
    )
    expect(complaint({ S3_BASELINE: 'nowhere/baseline.json' })).toBe(
      `S3_BASELINE=nowhere/baseline.json is not there, and neither is the folder ${folder}.`,
    )
    expect(complaint({ S3_RESULTS: 'package.json/results.json' })).toMatch(
      / cannot be written: .*package\.json is no folder\.$/,
    )
    expect(complaint({ S3_RESULTS: 'support' })).toBe(
      'S3_RESULTS=support is a folder; it must name a file like results.json.',
    )
  })

  test.for(['-1', '1.5', 'abc', '12345678901234567890'])('refuse FAKER_SEED=%s', (FAKER_SEED) => {
    expect(complaint({ FAKER_SEED })).toBe(`FAKER_SEED=${FAKER_SEED} must be a whole number such as 42.`)
  })

  test('take a second caller and a zone for Amazon S3, and nowhere else', () => {
    expect(readSettings({ S3_TARGET: 'aws', S3_SECOND_USER_PROFILE: 'guest', S3_ZONE: 'usw2-lax1-az1' })).toMatchObject(
      {
        secondUserProfile: 'guest',
        zone: 'usw2-lax1-az1',
      },
    )
    expect(complaint({ S3_ZONE: 'use1-az4' })).toBe(
      `S3_ZONE=use1-az4 is about Amazon S3, and S3_TARGET is ${defaultStore.name}: leave it away.`,
    )
    expect(complaint({ S3_ENDPOINT: 'http://localhost:4566', S3_SECOND_USER_PROFILE: 'guest' })).toBe(
      'S3_SECOND_USER_PROFILE=guest is about Amazon S3, and S3_TARGET is endpoint: leave it away.',
    )
  })

  test.for(['us-east-1a', 'use1', 'use1-az'])('refuse S3_ZONE=%s', (S3_ZONE) => {
    expect(complaint({ S3_TARGET: 'aws', S3_ZONE })).toBe(
      `S3_ZONE=${S3_ZONE} must be the id of a zone such as use1-az4, and not its name us-east-1a.`,
    )
  })

  test('say all that is wrong at once', () => {
    expect(complaint({ S3_TARGET: 'gcs', FAKER_SEED: 'abc' }).split('\n')).toHaveLength(2)
  })
})
