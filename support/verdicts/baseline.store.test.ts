import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { root, vitestCommand } from '../paths'
import { test as base, expect } from '../test'
import { known, returned200 } from '../testing/results'
import type { Result } from './result-file'
import { readBaseline, readResult, writeResult } from './stored-results'
import { isAuthoritative } from './verdict'

/** Path prefixes that select two specs with few checks, so that each run is short. */
const SPECS = ['specs/aws-sdk/a-304-is-thrown', 'specs/write/if-none-match-never']

/**
 * Runs commands against the store of this run, with a separate baseline and results file. Each command runs in a new
 * process.
 */
const test = base.extend('commands', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-baseline-'))
  onCleanup(() => rm(folder, { recursive: true }))
  const { endpoint, credentials, store } = inject('target')
  const [S3_BASELINE, S3_RESULTS] = [join(folder, 'baseline.json'), join(folder, 'results.json')]
  const env = {
    ...process.env,
    ...(endpoint && { S3_TARGET: 'endpoint', S3_ENDPOINT: endpoint, S3_STORE: `${store.name}@${store.version}` }),
    ...(endpoint &&
      credentials && {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      }),
    S3_BASELINE,
    S3_RESULTS,
    NO_COLOR: '1',
  }
  const run = (file: string, args: string[]) =>
    new Promise<string>((resolve) => {
      execFile(file, args, { cwd: root, env }, (_, stdout, stderr) => resolve(stdout + stderr))
    })
  return {
    folder,
    baseline: S3_BASELINE,
    results: S3_RESULTS,
    update: (...args: string[]) => run('npm', ['run', 'baseline', '--', ...args]),
    vitest: (...args: string[]) => run(process.execPath, [vitestCommand, '--project', 'specs', ...args]),
  }
})

const behavioursIn = (result?: Result) => Object.keys(result?.requests ?? {})

test('npm run baseline updates only the checks under its path, and a second run writes the same file', async ({
  commands,
}) => {
  const output = await commands.update(...SPECS)
  const first = readBaseline(commands.baseline)

  expect(output).toContain(commands.baseline)
  expect(behavioursIn(first)).toHaveLength(2)
  expect(readResult(commands.results).store).toEqual({ ...inject('target').store, how: expect.any(String) })

  await commands.update(SPECS[0] ?? '')
  const date = expect.any(String)
  expect(readBaseline(commands.baseline)).toEqual({ ...first, date })
})

// A baseline for Amazon S3 or the reference store cannot contain the deviations that this test needs.
const testWithDeviations = test.skipIf(isAuthoritative(inject('target').store.name))

testWithDeviations('npm run baseline with -t updates only matching checks', async ({ commands }) => {
  await commands.update(SPECS[1] ?? '')
  const before = readBaseline(commands.baseline)
  const checks = Object.entries(before?.checks ?? {}).map(([id]) => {
    return [id, known(returned200, 'for-this-test')] as const
  })
  const causes = { 'for-this-test': { why: 'for this test', link: 'https://example.com/1' } }
  if (before) writeResult(commands.baseline, { ...before, causes, checks: Object.fromEntries(checks) })

  await commands.update(SPECS[1] ?? '', '-t', 'when the key does not exist')

  const [kept, changed] = [true, false].map((isKept) =>
    Object.entries(readBaseline(commands.baseline)?.checks ?? {}).filter(
      ([, { cause }]) => (cause === 'for-this-test') === isKept,
    ),
  )
  expect(kept).toHaveLength(checks.length - 1)
  expect(changed).toEqual([[expect.stringMatching(/succeeds-when-the-key-does-not-exist$/), { verdict: 'holds' }]])
  expect(readBaseline(commands.baseline)?.causes).toEqual(causes)
})

test('an invalid baseline is reported before any test runs', async ({ commands }) => {
  await writeFile(commands.baseline, '{ "format": 1 }')

  const output = await commands.vitest('run', SPECS[0] ?? '')

  expect(output).toContain(`${commands.baseline} is not a valid baseline:\n  format: must be 2`)
  expect(output).not.toMatch(/^\s+at /m)
})

test('a merged report names the store', async ({ commands }) => {
  const blobs = join(commands.folder, 'blobs')
  for (const shard of ['1', '2']) {
    const blob = `--outputFile.blob=${join(blobs, `${shard}.json`)}`
    await commands.vitest('run', ...SPECS, '--reporter=blob', `--shard=${shard}/2`, blob)
  }
  await rm(commands.results)

  const report = join(commands.folder, 'report.json')
  const output = await commands.vitest(`--merge-reports=${blobs}`, '--reporter=json', `--outputFile.json=${report}`)

  const { store } = inject('target')
  expect(output).toMatch(/: 2 behaviours: .*\n.*: 7 checks: /)
  expect(readResult(commands.results).store).toEqual({ ...store, how: expect.any(String) })
  expect(await readFile(report, 'utf8')).toContain(`"store":{"name":"${store.name}","version":"${store.version}"`)
})
