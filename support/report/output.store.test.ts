import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { root, vitestCommand } from '../paths'
import { test as base, expect } from '../test'
import { runProgram } from '../testing/run-program'

/**
 * `test` with a `run` fixture that runs the suite in a separate process, against the same store as the current run, and
 * captures the output.
 */
const test = base.extend('run', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-output-'))
  onCleanup(() => rm(folder, { recursive: true }))
  const { endpoint, credentials, store } = inject('target')
  const env = {
    ...process.env,
    ...(endpoint && { S3_TARGET: 'endpoint', S3_ENDPOINT: endpoint, S3_STORE: `${store.name}@${store.version}` }),
    ...(endpoint &&
      credentials && {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      }),
    S3_RESULTS: join(folder, 'results.json'),
    NO_COLOR: '1',
  }
  return (args: readonly string[]) =>
    runProgram(process.execPath, [vitestCommand, 'run', '--project', 'specs', ...args], { cwd: root, env })
})

test('stdout contains only the machine-readable report, and all other messages go to stderr', async ({ run }) => {
  const { stdout, stderr } = await run(['specs/aws-sdk/a-304-is-thrown', '--reporter=json'])

  expect(JSON.parse(stdout)).toMatchObject({ numTotalTests: 2 })
  expect(stderr).toMatch(/^Running against /m)
  expect(stderr).toMatch(/ 2 checks: /)
})

test('passing files and checks are not listed', async ({ run }) => {
  const { stdout, code } = await run(['specs/aws-sdk/'])

  expect(stdout).not.toContain('.spec.ts')
  expect(code).toBe(0)
})
