import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { root, vitestCommand } from '../paths'
import { test as base, expect } from '../test'
import { readRecording, readResult, writeResult } from './files'
import type { Result } from './format'

/** Two behaviours with few checks each. */
const SPECS = ['specs/aws-sdk/a-304-is-thrown', 'specs/write/if-none-match-star']

/** Runs commands against this run's store in processes of their own, with files of their own. */
const test = base.extend('elsewhere', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-recording-'))
  onCleanup(() => rm(folder, { recursive: true }))
  const { endpoint, credentials, store } = inject('target')
  const [S3_KNOWN, S3_RESULTS] = [join(folder, 'known.json'), join(folder, 'results.json')]
  const env = {
    ...process.env,
    ...(endpoint && { S3_TARGET: 'endpoint', S3_ENDPOINT: endpoint, S3_STORE: `${store.name}@${store.version}` }),
    ...(endpoint &&
      credentials && {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      }),
    S3_KNOWN,
    S3_RESULTS,
    NO_COLOR: '1',
  }
  const call = (file: string, args: string[]) =>
    new Promise<string>((resolve) => {
      execFile(file, args, { cwd: root, env }, (_, stdout, stderr) => resolve(stdout + stderr))
    })
  return {
    folder,
    known: S3_KNOWN,
    results: S3_RESULTS,
    record: (...args: string[]) => call('npm', ['run', 'record', '--', ...args]),
    vitest: (...args: string[]) => call(process.execPath, [vitestCommand, '--project', 'specs', ...args]),
  }
})

const behavioursIn = (result?: Result) => Object.keys(result?.requests ?? {})

test('npm run record records what its path names, twice the same, and keeps the rest', async ({ elsewhere }) => {
  const output = await elsewhere.record(...SPECS)
  const first = readRecording(elsewhere.known)

  expect(output).toContain(`checks in ${elsewhere.known}`)
  expect(behavioursIn(first)).toHaveLength(2)
  expect(readResult(elsewhere.results).store).toEqual({ ...inject('target').store, how: expect.any(String) })

  await elsewhere.record(SPECS[0] ?? '')
  const date = expect.any(String)
  expect(readRecording(elsewhere.known)).toEqual({ ...first, date })
})

test('npm run record with -t changes what that names, and nothing else of the file', async ({ elsewhere }) => {
  await elsewhere.record(SPECS[1] ?? '')
  const recorded = readRecording(elsewhere.known)
  const checks = Object.entries(recorded?.checks ?? {}).map(([id]) => {
    return [id, { verdict: 'known deviation', observed: 'for this test', cause: 'for-this-test' }] as const
  })
  const causes = { 'for-this-test': { why: 'for this test', link: 'https://example.com/1' } }
  if (recorded) writeResult(elsewhere.known, { ...recorded, causes, checks: Object.fromEntries(checks) })

  await elsewhere.record(SPECS[1] ?? '', '-t', 'creates the object while the key is free')

  const [kept, changed] = [true, false].map((isKept) =>
    Object.entries(readRecording(elsewhere.known)?.checks ?? {}).filter(
      ([, { cause }]) => (cause === 'for-this-test') === isKept,
    ),
  )
  expect(kept).toHaveLength(checks.length - 1)
  expect(changed).toEqual([
    [expect.stringContaining('/creates-the-object-while-the-key-is-free'), { verdict: 'holds' }],
  ])
  expect(readRecording(elsewhere.known)?.causes).toEqual(causes)
})

test('a broken recording is said before anything runs', async ({ elsewhere }) => {
  await writeFile(elsewhere.known, '{ "format": 2 }')

  const output = await elsewhere.vitest('run', SPECS[0] ?? '')

  expect(output).toContain(`${elsewhere.known} is no result that can be read:\n  format: must be 1`)
  expect(output).not.toMatch(/^\s+at /m)
})

test('the parts of a run name the store once they are merged', async ({ elsewhere }) => {
  const blobs = join(elsewhere.folder, 'blobs')
  for (const shard of ['1', '2']) {
    const blob = `--outputFile.blob=${join(blobs, `${shard}.json`)}`
    await elsewhere.vitest('run', ...SPECS, '--reporter=blob', `--shard=${shard}/2`, blob)
  }
  await rm(elsewhere.results)

  const report = join(elsewhere.folder, 'report.json')
  const output = await elsewhere.vitest(`--merge-reports=${blobs}`, '--reporter=json', `--outputFile.json=${report}`)

  const { store } = inject('target')
  expect(output).toMatch(/: 2 behaviours: .*\n.*: 7 checks: /)
  expect(readResult(elsewhere.results).store).toEqual({ ...store, how: expect.any(String) })
  expect(await readFile(report, 'utf8')).toContain(`"store":{"name":"${store.name}","version":"${store.version}"`)
})
