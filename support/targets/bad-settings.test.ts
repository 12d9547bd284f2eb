import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { SetupError } from '../errors'
import { fakePython } from '../testing/fake-python'
import { readOwnBaseline } from '../verdicts/stored-results'
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
const aws = { AWS_CONFIG_FILE: file('config', '[profile sandbox]\n[default]\n'), AWS_SHARED_CREDENTIALS_FILE: empty }

/** What is set, and what of it the message has to name: the setting with its value, and a way out. */
// biome-ignore format: a line for each
const bad: readonly (readonly [env: Record<string, string>, says: RegExp, wayOut: RegExp])[] = [
  [{ S3_TARGET: '' }, /^S3_TARGET= must not be empty/, /leave it away/],
  [{ S3_TARGET: 'gcs' }, /^S3_TARGET=gcs must be one of/, /localstack, .*aws/],
  [{ S3_TARGET: 'LocalStack' }, /^S3_TARGET=LocalStack must be one of/, /localstack, /],
  [{ S3_TARGET: 'endpoint' }, /^S3_TARGET=endpoint needs S3_ENDPOINT/, /for example S3_ENDPOINT=http/],
  [{ S3_TARGET: 'aws', S3_ENDPOINT: endpoint }, /^S3_TARGET=aws and S3_ENDPOINT contradict/, /leave one of them away/],
  [{ S3_TARGETS: 'aws' }, /^S3_TARGETS is no setting/, /is S3_TARGET meant\?/],
  [{ S3_ENDPOINTS: endpoint }, /^S3_ENDPOINTS is no setting/, /is S3_ENDPOINT meant\?/],
  [{ S3_BASELIEN: 'my-store.json' }, /^S3_BASELIEN is no setting/, /is S3_BASELINE meant\?/],
  [{ S3_ENDPOINT: '' }, /^S3_ENDPOINT= must not be empty/, /http:\/\/localhost:4566/],
  [{ S3_ENDPOINT: 'localhost:4566' }, /^S3_ENDPOINT=localhost:4566 must begin with/, /http:\/\/localhost:4566/],
  [{ S3_ENDPOINT: 'https//host' }, /^S3_ENDPOINT=https\/\/host must begin with/, /http:\/\/localhost:4566/],
  [{ S3_ENDPOINT: 'http://host:99999' }, /^S3_ENDPOINT=http:\/\/host:99999 is not a URL/, /http:\/\/localhost:4566/],
  [{ S3_ENDPOINT: `${endpoint}/bucket` }, /^S3_ENDPOINT=http:\/\/localhost:4566\/bucket must have no path/, /like http:\/\/localhost:4566\.$/],
  [{ S3_ENDPOINT: 'http://me:secret-key@host' }, /^S3_ENDPOINT=http:\/\/\*\*\*@host must not hold credentials/, /set AWS_ACCESS_KEY_ID/],
  [{ S3_ENDPOINT: 'http://host/?sig=secret-key' }, /^S3_ENDPOINT=http:\/\/host\/\?\*\*\* must have no path or query/, /like http:\/\/host\.$/],
  [{ S3_ENDPOINT: nowhere, ...keys }, /^http:\/\/127\.0\.0\.1:1 is unreachable/, /is S3_ENDPOINT right/],
  [{ S3_STORE: '' }, /^S3_STORE= must not be empty/, /minio@2025\.9\.7/],
  [{ S3_STORE: 'minio', S3_ENDPOINT: endpoint }, /^S3_STORE=minio must look like/, /minio@2025\.9\.7/],
  [{ S3_STORE: 'my store@1', S3_ENDPOINT: endpoint }, /^S3_STORE=my store@1 must look like/, /minio@2025\.9\.7/],
  [{ S3_STORE: 'minio@1' }, /^S3_STORE=minio@1 is for S3_TARGET=endpoint/, /Unset one of them/],
  [{ S3_PYTHON: '' }, /^S3_PYTHON= must not be empty/, /python3\.11/],
  [{ S3_PYTHON: 'no-such-python' }, /^S3_PYTHON=no-such-python is not a Python that runs/, /python3\.13, or unset it/],
  [{ S3_PYTHON: folder }, /^S3_PYTHON=.* is not a Python that runs/, /python3\.13, or unset it/],
  [python('3.10'), /^S3_PYTHON=.*python3\.10 is Python 3\.10\. LocalStack needs Python 3\.11 or later/, /or unset it/],
  [{ ...python('3.9'), S3_TARGET: 'ministack' }, /^S3_PYTHON=.* MiniStack needs Python 3\.10/, /or unset it/],
  [{ ...python('3.13'), S3_TARGET: 'localstack-container' }, /^S3_PYTHON=.* and S3_TARGET=localstack-container contradict/, /Unset one/],
  [{ S3_UPDATE_BASELINE: 'yes' }, /^S3_UPDATE_BASELINE=yes must be 1/, /Unset it/],
  [{ S3_BASELINE: '' }, /^S3_BASELINE= must not be empty/, /my-store\.json/],
  [{ S3_BASELINE: folder }, /^S3_BASELINE=.* is not a file/, /my-store\.json/],
  [{ S3_BASELINE: join(folder, 'none', 'baseline.json') }, /^S3_BASELINE=.* is not there/, /the folder .*none/],
  [{ S3_BASELINE: join(empty, 'baseline.json') }, /^S3_BASELINE=.* is not there/, /the folder .*empty/],
  [{ S3_BASELINE: empty }, /^S3_BASELINE=.*empty cannot be read[\s\S]* is not valid JSON/, /npm run baseline/],
  [{ S3_BASELINE: broken }, /^S3_BASELINE=.*broken\.json cannot be read[\s\S]* is not valid JSON/, /npm run baseline/],
  [{ S3_BASELINE: list }, /^S3_BASELINE=.*list\.json cannot be read[\s\S]* is not a valid baseline/, /npm run baseline/],
  [{ S3_BASELINE: shape }, /^S3_BASELINE=.*shape\.json cannot be read[\s\S]* is not a valid baseline/, /npm run baseline/],
  [{ S3_BASELINE: old }, /^S3_BASELINE=.*old\.json cannot be read[\s\S]*format: must be 2/, /npm run baseline/],
  [{ S3_RESULTS: '' }, /^S3_RESULTS= must not be empty/, /results\.json/],
  [{ S3_RESULTS: folder }, /^S3_RESULTS=.* is a folder/, /results\.json/],
  [{ S3_RESULTS: join(empty, 'a', 'b.json') }, /^S3_RESULTS=.* cannot be written: .*empty is no folder/, /no folder/],
  [{ S3_DEVIATIONS: 'some' }, /^S3_DEVIATIONS=some must be/, /list/],
  [{ FAKER_SEED: '-1' }, /^FAKER_SEED=-1 must be a whole number/, /42/],
  [{ FAKER_SEED: '12345678901234567890' }, /^FAKER_SEED=12345678901234567890 must be/, /42/],
  [{ S3_ENDPOINT: endpoint, AWS_ACCESS_KEY_ID: 'id' }, /^AWS_SECRET_ACCESS_KEY is missing/, /or neither/],
  [{ S3_ENDPOINT: endpoint, AWS_SECRET_ACCESS_KEY: 'secret-key' }, /^AWS_ACCESS_KEY_ID is missing/, /or neither/],
  [{ S3_TARGET: 'aws', AWS_PROFILE: 'nope', ...aws }, /^AWS_PROFILE=nope is no profile in .*config/, /list-profiles/],
  [{ S3_ENDPOINT: endpoint, AWS_PROFILE: 'nope', ...aws }, /^AWS_PROFILE=nope is no profile/, /list-profiles/],
  [{ S3_TARGET: 'aws', AWS_REGION: 'us east 1', ...keys }, /^AWS_REGION=us east 1 is not a region/, /us-east-1/],
  [{ S3_TARGET: 'aws', AWS_REGION: '', AWS_DEFAULT_REGION: 'Ohio!' }, /^AWS_DEFAULT_REGION=Ohio! is not a region/, /us-east-1/],
  [{ S3_TARGET: 'aws', AWS_ENDPOINT_URL_S3: 'nonsense' }, /^AWS_ENDPOINT_URL_S3=nonsense is not a URL/, /https:\/\//],
]

/** As a run starts: settings, the baseline, the target. */
async function start(env: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const settings = readSettings(env)
  if (settings.baseline) readOwnBaseline({ name: 'none', version: '1' }, env)
  await startTarget(settings, () => {}).then(({ stop }) => stop())
}

test.for(bad)(
  '%o is said in a sentence that names it and a way out',
  { timeout: 30_000 },
  async ([env, says, wayOut]) => {
    const error = await start(env).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )

    expect(error).toBeInstanceOf(SetupError)
    const { message } = error as SetupError
    expect(message).toMatch(says)
    expect(message).toMatch(wayOut)
    expect(message).not.toMatch(/\n +at |secret-key|undefined/)
  },
)

test('what is no setting and looks like none is left alone, and so is a profile that is there', () => {
  const env = { S3_BUCKET: 'mine', S3_TARGET: 'aws', AWS_PROFILE: 'sandbox', AWS_REGION: 'eu-west-1', ...aws }

  expect(readSettings(env)).toMatchObject({ target: 'aws', region: 'eu-west-1' })
  expect(readSettings({ ...env, AWS_PROFILE: 'default', AWS_ENDPOINT_URL_S3: '' })).toMatchObject({ target: 'aws' })
})
