import { fileURLToPath } from 'node:url'
import { test as base, describe, expect } from 'vitest'
import { runProgram } from '../testing/run-program'
import { listenOnLoopback } from '../wire/loopback'

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

const BUCKETS = [
  ['s3cr-aaaaaaaaaa-0000000000', hoursAgo(3)],
  ['s3cr-bbbbbbbbbb-0000000000', hoursAgo(1.5)],
  ['s3cr-cccccccccc-0000000000', hoursAgo(0.5)],
  ['s3cr-holiday-pictures', hoursAgo(99)],
  ['other', hoursAgo(99)],
]

const LIST = `<ListAllMyBucketsResult><Buckets>${BUCKETS.map(
  ([name, created]) => `<Bucket><Name>${name}</Name><CreationDate>${created}</CreationDate></Bucket>`,
).join('')}</Buckets></ListAllMyBucketsResult>`

const test = base
  /** A stub server that lists BUCKETS, all of them empty, and records the requests that would change a bucket. */
  .extend('server', async ({}, { onCleanup }) => {
    const changes: string[] = []
    const { endpoint, close } = await listenOnLoopback((request, response) => {
      const path = request.url?.split('?')[0] ?? ''
      if (request.method !== 'GET') changes.push(`${request.method} ${path}`)
      if (request.method === 'DELETE') response.writeHead(204).end()
      else response.end(path === '/' ? LIST : '<Result></Result>')
    })
    onCleanup(close)
    return { endpoint, changes }
  })
  /** Runs `npm run clean` with a stdin that is not a terminal. */
  .extend('clean', ({ server }) => async (args: string[], env: NodeJS.ProcessEnv = {}) => {
    const file = fileURLToPath(new URL('./clean.ts', import.meta.url))
    const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
    const { code, output } = await runProgram(process.execPath, ['--import', 'tsx', file, ...args], {
      env: { PATH: process.env.PATH, S3_ENDPOINT: server.endpoint, ...keys, ...env },
    })
    return { exitCode: code, output }
  })

describe.concurrent('npm run clean', { timeout: 30_000 }, () => {
  test('lists buckets older than an hour and removes nothing without --yes', async ({ server, clean }) => {
    const { exitCode, output } = await clean([])

    expect(output).toContain(`Found 2 buckets created by this suite on ${server.endpoint} (older than 1h):`)
    expect(output.match(/s3cr-\S+/g)).toEqual(['s3cr-aaaaaaaaaa-0000000000', 's3cr-bbbbbbbbbb-0000000000'])
    expect(output).toContain('Nothing was removed')
    expect(server.changes).toEqual([])
    expect(exitCode).toBe(0)
  })

  test('removes only old buckets with --yes', async ({ server, clean }) => {
    await expect(clean(['--older-than', '2h', '--yes'])).resolves.toMatchObject({ exitCode: 0 })

    expect(server.changes).toEqual(['DELETE /s3cr-aaaaaaaaaa-0000000000/'])
  })

  test('removes the buckets of one run, whatever their age', async ({ server, clean }) => {
    const { exitCode, output } = await clean(['--run', 'cccccccccc', '--yes'])

    expect(output).toContain(`Found 1 bucket created by this suite on ${server.endpoint} (run cccccccccc):`)
    expect(server.changes).toEqual(['DELETE /s3cr-cccccccccc-0000000000/'])
    expect(exitCode).toBe(0)
  })

  test('fails for an invalid run id', async ({ server, clean }) => {
    await expect(clean(['--run', '', '--yes'])).resolves.toEqual({
      exitCode: 1,
      output: 'Invalid --run . Use the ten characters after s3cr- in a bucket name, such as 4f0k2m9x1a.\n',
    })
    expect(server.changes).toEqual([])
  })

  test('fails for an invalid age', async ({ server, clean }) => {
    await expect(clean(['--older-than', 'long', '--yes'])).resolves.toEqual({
      exitCode: 1,
      output: 'Invalid --older-than long. Use a number with a unit, such as 30m, 2h or 3d.\n',
    })
    expect(server.changes).toEqual([])
  })

  test('has nothing to remove from a store that a run starts', async ({ clean }) => {
    const { exitCode, output } = await clean(['--yes'], { S3_ENDPOINT: undefined })

    expect(output).toMatch(/^Nothing to clean: stores that a run starts are removed when the run ends\./)
    expect(exitCode).toBe(0)
  })
})
