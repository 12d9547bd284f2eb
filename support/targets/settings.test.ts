import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SetupError } from '../errors'
import { results } from '../paths'
import { defaultStore } from '../stores/stores'
import { fakePython } from '../testing/fake-python'
import { readSettings, SETTINGS } from './settings'
import { TARGETS, VARIABLES } from './validate'

const isOfSuite = (name: string) => !name.startsWith('AWS_')

function messageFor(env: Record<string, string>): string {
  try {
    readSettings(env)
  } catch (error) {
    if (error instanceof SetupError) return error.message
    throw error
  }
  throw new Error('the settings were accepted')
}

test('the table of settings lists every variable of the suite', () => {
  expect(SETTINGS.map(({ name }) => name).filter(isOfSuite)).toEqual([...VARIABLES].filter(isOfSuite))
})

describe('settings', () => {
  test('select the default store if nothing is set', () => {
    expect(readSettings({})).toEqual({
      target: defaultStore.name,
      results,
      hasCredentials: false,
      mayFallBack: true,
      updateBaseline: false,
    })
  })

  test('S3_ENDPOINT alone implies S3_TARGET=endpoint, and its trailing slash is removed', () => {
    expect(readSettings({ S3_ENDPOINT: 'http://localhost:4566/' })).toMatchObject({
      target: 'endpoint',
      endpoint: 'http://localhost:4566',
    })
  })

  test('contain the store, the seed, the region, and whether credentials are set', () => {
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
      mayFallBack: false,
      updateBaseline: false,
    })
  })

  test('S3_UPDATE_BASELINE=1 updates the baseline', () => {
    expect(readSettings({ S3_UPDATE_BASELINE: '1' }).updateBaseline).toBe(true)
  })

  test('the message about an unknown target lists the known targets', () => {
    expect(messageFor({ S3_TARGET: 'gcs' })).toBe(
      `Invalid S3_TARGET=gcs: expected one of ${TARGETS.map((target) => `"${target}"`).join('|')}. Use a value such as localstack, or unset it.`,
    )
  })

  test('contain the selected Python, which may have any version if the store does not need Python', ({
    onTestFinished,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 's3cr-settings-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const [old, S3_PYTHON] = [fakePython(folder, '3.9'), fakePython(folder, '3.11')]

    const python = { file: S3_PYTHON, executable: S3_PYTHON, version: [3, 11] }
    expect(readSettings({ S3_PYTHON })).toMatchObject({ target: defaultStore.name, python })
    expect(readSettings({ S3_PYTHON: old, S3_TARGET: 'versitygw' }).target).toBe('versitygw')
    expect(readSettings({ S3_PYTHON: old, S3_ENDPOINT: 'http://localhost:4566' }).target).toBe('endpoint')
  })

  test('contain unsupported capabilities', () => {
    expect(readSettings({ S3_UNSUPPORTED: 'website, versioning' }).unsupported).toEqual({
      website: 'listed in S3_UNSUPPORTED',
      versioning: 'listed in S3_UNSUPPORTED',
    })
    expect(readSettings({ S3_UNSUPPORTED: 'nothing' }).unsupported).toEqual({})
    expect(messageFor({ S3_UNSUPPORTED: 'versions' })).toMatch(
      /^Invalid S3_UNSUPPORTED=versions: expected "nothing", or one or more of versioning, .* such as website,versioning, or unset it\.$/,
    )
  })

  test.for([
    ['S3_TARGETS', 'S3_TARGET'],
    ['s3_endpoint', 'S3_ENDPOINT'],
    ['S3_ENPOINT', 'S3_ENDPOINT'],
    ['S3_BASELINE_FILE', 'S3_BASELINE'],
    ['S3_OTHER_PROFILE', 'S3_SECOND_USER_PROFILE'],
    ['FAKER_SEEDS', 'FAKER_SEED'],
  ] as const)('%s causes an error that suggests %s', ([name, nearest]) => {
    expect(messageFor({ [name]: 'x' })).toBe(
      `Unknown setting ${name}. Did you mean ${nearest}? Rename it, or unset it.`,
    )
  })

  test('ignore variables that do not begin with S3_', () => {
    expect(readSettings({ S3TEST_CONF: 'c', AWS_REGION: 'eu-west-1', MY_S3_BUCKET: 'b' }).target).toBe(
      defaultStore.name,
    )
  })

  test.for(VARIABLES.filter(isOfSuite))('an empty %s causes an error with an example', (name) => {
    expect(messageFor({ [name]: '' })).toMatch(
      new RegExp(`^Invalid ${name}=: expected .*\\. Use a value such as \\S+, or unset it\\.$`),
    )
  })

  test.for([
    'http://someone:hunter2@host:9000',
    'http://someone:hun/hunter2@host:9000',
    'someone:hunter2@host:9000',
    'ftp://someone:hunter2@host',
    'http://host:9000/?X-Amz-Signature=hunter2',
    'http://host:9000/#hunter2',
  ])('a message never contains a secret: %s', (S3_ENDPOINT) => {
    expect(messageFor({ S3_ENDPOINT })).toMatch(/^Invalid S3_ENDPOINT=.*http:\/\//)
    expect(messageFor({ S3_ENDPOINT })).not.toContain('hunter2')
  })

  test.for(['http://', 'http://host:99999', 'http://host/bucket', 'ftp://host', 'https//host', 'localhost:4566'])(
    'S3_ENDPOINT=%s causes an error with an example',
    (S3_ENDPOINT) => {
      expect(messageFor({ S3_ENDPOINT })).toMatch(
        /^Invalid S3_ENDPOINT=.*: expected a URL .* such as http:\/\/localhost:4566, or unset it\.$/,
      )
    },
  )

  test('variables that contradict each other cause an error', () => {
    expect(messageFor({ S3_TARGET: 'aws', S3_ENDPOINT: 'http://localhost:4566' })).toContain('contradict')
    expect(messageFor({ S3_TARGET: 'endpoint' })).toContain('needs S3_ENDPOINT')
    expect(messageFor({ S3_TARGET: defaultStore.name, S3_STORE: 'minio@1' })).toContain('S3_STORE=minio@1')
    expect(messageFor({ S3_ENDPOINT: 'http://localhost:4566', AWS_ACCESS_KEY_ID: 'id' })).toContain(
      'AWS_SECRET_ACCESS_KEY is missing',
    )
  })

  test('contain absolute paths of files, which need not exist', () => {
    expect(readSettings({ S3_BASELINE: 'new.json', S3_RESULTS: 'new.json' })).toMatchObject({
      baseline: resolve('new.json'),
      results: resolve('new.json'),
    })
  })

  test('the folder of S3_RESULTS is created', ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 's3cr-settings-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))

    readSettings({ S3_RESULTS: join(folder, 'far', 'away', 'results.json') })

    expect(existsSync(join(folder, 'far', 'away'))).toBe(true)
  })

  test.for([
    [{ S3_BASELINE: 'support' }, 'S3_BASELINE=support: it is a folder'],
    [{ S3_BASELINE: 'nowhere/a.json' }, 'S3_BASELINE=nowhere/a.json: its folder does not exist'],
    [{ S3_RESULTS: 'support' }, 'S3_RESULTS=support: it is a folder'],
    [{ S3_RESULTS: 'package.json/a.json' }, 'S3_RESULTS=package.json/a.json: its folder cannot be created (E'],
  ] as const)('%o is not a file', ([env, message]) => {
    expect(messageFor(env)).toContain(`Invalid ${message}`)
  })

  test.for(['-1', '1.5', 'abc', '12345678901234567890'])('FAKER_SEED=%s causes an error', (FAKER_SEED) => {
    expect(messageFor({ FAKER_SEED })).toBe(
      `Invalid FAKER_SEED=${FAKER_SEED}: expected a whole number. Use a value such as 42, or unset it.`,
    )
  })

  test('contain a second user and a zone only for Amazon S3', () => {
    const env = { S3_SECOND_USER_PROFILE: 'guest', S3_ZONE: 'usw2-lax1-az1' }
    expect(readSettings({ S3_TARGET: 'aws', ...env })).toMatchObject({
      secondUserProfile: 'guest',
      zone: 'usw2-lax1-az1',
    })
    expect(messageFor({ S3_ZONE: 'use1-az4' })).toBe(
      `S3_ZONE=use1-az4 applies only to S3_TARGET=aws, not to ${defaultStore.name}. Unset this setting or change S3_TARGET.`,
    )
    expect(messageFor({ S3_ENDPOINT: 'http://localhost:4566', S3_SECOND_USER_PROFILE: 'guest' })).toBe(
      'S3_SECOND_USER_PROFILE=guest applies only to S3_TARGET=aws, not to endpoint. Unset this setting or change S3_TARGET.',
    )
  })

  test.for(['us-east-1a', 'use1', 'use1-az'])('S3_ZONE=%s causes an error', (S3_ZONE) => {
    expect(messageFor({ S3_TARGET: 'aws', S3_ZONE })).toBe(
      `Invalid S3_ZONE=${S3_ZONE}: expected a zone id, not a zone name such as us-east-1a. Use a value such as use1-az4, or unset it.`,
    )
  })

  test('all errors are reported in one message', () => {
    expect(messageFor({ S3_TARGET: 'gcs', FAKER_SEED: 'abc', S3_BUCKET: 'b' }).split('\n')).toHaveLength(3)
  })
})
