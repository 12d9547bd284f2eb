import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { SetupError } from '../errors'
import { fakePython } from '../testing/fake-python'
import { readSelectedBaseline } from '../verdicts/stored-results'
import { readSettings } from './settings'
import { startTarget } from './start'

const folder = mkdtempSync(join(tmpdir(), 's3cr-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => void vi.unstubAllEnvs())

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const endpoint = 'http://localhost:4566'
const nowhere = 'http://127.0.0.1:1'
const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret-key' }
const empty = file('empty', '')
const broken = file('broken.json', '{ "format": 1')
const list = file('list.json', '[]')
const shape = file('shape.json', '{ "deviations": {} }')
const old = file('old.json', '{ "format": 0 }')
const python = (version: string) => ({ S3_PYTHON: fakePython(folder, version) })
const aws = {
  AWS_CONFIG_FILE: file('config', '[profile sandbox]\nregion = eu-west-1\n'),
  AWS_SHARED_CREDENTIALS_FILE: empty,
}

/**
 * Each entry consists of the settings and two patterns that the error message must match: one for the setting and its
 * value, and one for the advice on how to correct the setting.
 */
// biome-ignore format: one line per entry
const bad: readonly (readonly [env: Record<string, string>, message: RegExp, wayOut: RegExp])[] = [
  [{ S3_TARGET: '' }, /^Invalid S3_TARGET=: expected one of/, /Use a value such as localstack, or unset it/],
  [{ S3_TARGET: 'gcs' }, /^Invalid S3_TARGET=gcs: expected one of/, /"localstack"\|.*"aws"/],
  [{ S3_TARGET: 'LocalStack' }, /^Invalid S3_TARGET=LocalStack: expected one of/, /"localstack"/],
  [{ S3_TARGET: 'endpoint' }, /^S3_TARGET=endpoint needs S3_ENDPOINT/, /for example S3_ENDPOINT=http/],
  [{ S3_TARGET: 'aws', S3_ENDPOINT: endpoint }, /^S3_TARGET=aws and S3_ENDPOINT contradict/, /Unset one of them/],
  [{ S3_TARGETS: 'aws' }, /^Unknown setting S3_TARGETS/, /Did you mean S3_TARGET\?/],
  [{ S3_ENDPOINTS: endpoint }, /^Unknown setting S3_ENDPOINTS/, /Did you mean S3_ENDPOINT\?/],
  [{ S3_BASELIEN: 'my-store.json' }, /^Unknown setting S3_BASELIEN/, /Did you mean S3_BASELINE\?/],
  [{ S3_BUCKET: 'mine' }, /^Unknown setting S3_BUCKET/, /Rename it, or unset it/],
  [{ S3_ENDPOINT: '' }, /^Invalid S3_ENDPOINT=: /, /http:\/\/localhost:4566, or unset it/],
  [{ S3_ENDPOINT: 'localhost:4566' }, /^Invalid S3_ENDPOINT=localhost:4566: expected a URL/, /http:\/\/localhost:4566/],
  [{ S3_ENDPOINT: 'https//host' }, /^Invalid S3_ENDPOINT=https\/\/host: expected a URL/, /http:\/\/localhost:4566/],
  [{ S3_ENDPOINT: 'http://host:99999' }, /^Invalid S3_ENDPOINT=http:\/\/host:99999: expected a URL/, /http:\/\/localhost:4566/],
  [{ S3_ENDPOINT: `${endpoint}/bucket` }, /^Invalid S3_ENDPOINT=http:\/\/localhost:4566\/bucket: .*consists only of scheme, host and port/, /such as http:\/\/localhost:4566,/],
  [{ S3_ENDPOINT: 'http://me:secret-key@host' }, /^Invalid S3_ENDPOINT=http:\/\/\*\*\*@host: .*without credentials/, /set AWS_ACCESS_KEY_ID/],
  [{ S3_ENDPOINT: 'http://host/?sig=secret-key' }, /^Invalid S3_ENDPOINT=http:\/\/host\/\?\*\*\*: .*consists only of scheme, host and port/, /such as http/],
  [{ S3_ENDPOINT: nowhere, ...keys }, /^http:\/\/127\.0\.0\.1:1 is unreachable/, /is S3_ENDPOINT right/],
  [{ S3_STORE: '' }, /^Invalid S3_STORE=: expected name@version/, /minio@2025\.9\.7/],
  [{ S3_STORE: 'minio', S3_ENDPOINT: endpoint }, /^Invalid S3_STORE=minio: /, /minio@2025\.9\.7/],
  [{ S3_STORE: 'my store@1', S3_ENDPOINT: endpoint }, /^Invalid S3_STORE=my store@1: /, /minio@2025\.9\.7/],
  [{ S3_STORE: 'minio@1' }, /^S3_STORE=minio@1 applies only to S3_TARGET=endpoint/, /Unset S3_STORE or/],
  [{ S3_PYTHON: '' }, /^Invalid S3_PYTHON=: expected a value/, /python3\.13/],
  [{ S3_PYTHON: 'no-such-python' }, /^S3_PYTHON=no-such-python is not a working Python interpreter/, /python3\.13, or unset S3_PYTHON/],
  [{ S3_PYTHON: folder }, /^S3_PYTHON=.* is not a working Python interpreter/, /python3\.13, or unset S3_PYTHON/],
  [python('3.10'), /^S3_PYTHON=.*python3\.10 is Python 3\.10\. LocalStack needs Python 3\.11 or later/, /or unset S3_PYTHON/],
  [{ ...python('3.9'), S3_TARGET: 'ministack' }, /^S3_PYTHON=.* MiniStack needs Python 3\.10/, /or unset S3_PYTHON/],
  [{ ...python('3.13'), S3_TARGET: 'localstack-container' }, /^S3_PYTHON=.* and S3_TARGET=localstack-container contradict/, /Unset one/],
  [{ S3_UPDATE_BASELINE: 'yes' }, /^Invalid S3_UPDATE_BASELINE=yes: expected "1"/, /or unset it/],
  [{ S3_BASELINE: '' }, /^Invalid S3_BASELINE=: expected a value/, /my-store\.json/],
  [{ S3_BASELINE: folder }, /^Invalid S3_BASELINE=.*: it is a folder/, /my-store\.json/],
  [{ S3_BASELINE: join(folder, 'none', 'baseline.json') }, /^Invalid S3_BASELINE=.*none.*: its folder does not exist/, /my-store\.json/],
  [{ S3_BASELINE: join(empty, 'baseline.json') }, /^Invalid S3_BASELINE=.*empty.*: its folder does not exist/, /my-store\.json/],
  [{ S3_BASELINE: empty }, /^S3_BASELINE=.*empty cannot be read[\s\S]* is not valid JSON/, /npm run baseline/],
  [{ S3_BASELINE: broken }, /^S3_BASELINE=.*broken\.json cannot be read[\s\S]* is not valid JSON/, /npm run baseline/],
  [{ S3_BASELINE: list }, /^S3_BASELINE=.*list\.json cannot be read[\s\S]* is not a valid baseline/, /npm run baseline/],
  [{ S3_BASELINE: shape }, /^S3_BASELINE=.*shape\.json cannot be read[\s\S]* is not a valid baseline/, /npm run baseline/],
  [{ S3_BASELINE: old }, /^S3_BASELINE=.*old\.json cannot be read[\s\S]*format: must be 2/, /npm run baseline/],
  [{ S3_RESULTS: '' }, /^Invalid S3_RESULTS=: expected a value/, /results\.json/],
  [{ S3_RESULTS: folder }, /^Invalid S3_RESULTS=.*: it is a folder/, /results\.json/],
  [{ S3_RESULTS: join(empty, 'a', 'b.json') }, /^Invalid S3_RESULTS=.*: its folder cannot be created \(ENOTDIR/, /results\.json/],
  [{ S3_DEVIATIONS: 'some' }, /^Invalid S3_DEVIATIONS=some: expected one of/, /"list"\|"all"/],
  [{ FAKER_SEED: '-1' }, /^Invalid FAKER_SEED=-1: expected a whole number/, /42/],
  [{ FAKER_SEED: '12345678901234567890' }, /^Invalid FAKER_SEED=12345678901234567890: /, /42/],
  [{ S3_ENDPOINT: endpoint, AWS_ACCESS_KEY_ID: 'id' }, /^AWS_SECRET_ACCESS_KEY is missing/, /or neither/],
  [{ S3_ENDPOINT: endpoint, AWS_SECRET_ACCESS_KEY: 'secret-key' }, /^AWS_ACCESS_KEY_ID is missing/, /or neither/],
  [{ S3_TARGET: 'aws', AWS_PROFILE: 'nope', ...aws }, /^AWS_PROFILE=nope names a profile that does not exist in .*config/, /Use one of sandbox/],
  [{ S3_ENDPOINT: endpoint, AWS_PROFILE: 'nope', ...aws }, /^AWS_PROFILE=nope names a profile that does not exist/, /Use one of sandbox/],
  [{ S3_TARGET: 'aws', S3_SECOND_USER_PROFILE: 'nope', ...aws }, /^S3_SECOND_USER_PROFILE=nope names a profile that does not exist/, /Use one of sandbox/],
  [{ S3_TARGET: 'aws', AWS_REGION: 'us east 1', ...keys }, /^Invalid AWS_REGION=us east 1: expected a region/, /us-east-1/],
  [{ S3_TARGET: 'aws', AWS_REGION: '', AWS_DEFAULT_REGION: 'Ohio!' }, /^Invalid AWS_DEFAULT_REGION=Ohio!: expected a region/, /us-east-1/],
  [{ S3_TARGET: 'aws', AWS_ENDPOINT_URL_S3: 'nonsense' }, /^Invalid AWS_ENDPOINT_URL_S3=nonsense: expected a URL/, /https:\/\//],
]

/** Performs the first steps of a run: reads the settings and the baseline, and starts the target. */
async function start(env: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const settings = readSettings(env)
  if (settings.baseline) readSelectedBaseline(settings.baseline)
  await startTarget(settings, () => {}).then(({ stop }) => stop())
}

test.for(bad)(
  '%o causes an error that names the setting and the way out',
  { timeout: 30_000 },
  async ([env, expected, wayOut]) => {
    const error = await start(env).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )

    expect(error).toBeInstanceOf(SetupError)
    const { message } = error as SetupError
    expect(message).toMatch(expected)
    expect(message).toMatch(wayOut)
    expect(message).not.toMatch(/\n +at |secret-key|undefined/)
  },
)
