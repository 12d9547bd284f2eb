import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, describe, expect, vi } from 'vitest'
import { results, root } from '../paths'
import { cleanCommand } from './outliving'
import { type Settings, TARGETS } from './settings'
import { startTarget, ways } from './start'
import type { Target } from './target'

const settings: Settings = { target: 'endpoint', endpoint: 'http://127.0.0.1:9', results, hasCredentials: true }

const test = base
  /** A store with buckets that nobody ever removed anything from: it never answers the first DELETE. */
  .extend('store', async ({}, { onCleanup }) => {
    const buckets = new Set<string>()
    let deletions = 0
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://store')
      const bucket = pathname.split('/')[1] ?? ''
      if (request.method === 'PUT') buckets.add(bucket)
      if (request.method === 'DELETE' && deletions++ === 0) return
      if (request.method === 'DELETE') buckets.delete(bucket)
      const list = [...buckets].map((name) => `<Bucket><Name>${name}</Name></Bucket>`).join('')
      response.end(`<R><Buckets>${list}</Buckets></R>`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onCleanup(() => void server.close().closeAllConnections())
    return {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      buckets,
      deletions: () => deletions,
    }
  })

describe('starting a target', { timeout: 30_000 }, () => {
  base('knows a way for every value of S3_TARGET, and for no other', async () => {
    expect(Object.keys(ways).sort()).toEqual([...TARGETS].sort())
    await expect(startTarget({ ...settings, target: 'gcs' }, () => {})).rejects.toThrow('S3_TARGET=gcs is nothing')
  })

  base('says which endpoint does not answer', async () => {
    await expect(startTarget(settings, () => {})).rejects.toMatchObject({
      name: 'SetupError',
      message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9 is unreachable /),
    })
  })

  test('leaves no bucket when it is interrupted', async ({ store }) => {
    const start = `
      import { readSettings } from './support/targets/settings.ts'
      import { startTarget } from './support/targets/start.ts'
      await startTarget(readSettings(process.env), console.log)
    `
    const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
    const run = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', start], {
      cwd: root,
      env: { PATH: process.env.PATH, S3_ENDPOINT: store.endpoint, ...keys },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    await vi.waitUntil(() => store.deletions() === 1, { timeout: 20_000 })
    expect(store.buckets.size).toBe(1)

    run.kill('SIGINT')

    await vi.waitUntil(() => store.buckets.size === 0, { timeout: 20_000 })
  })
})

describe('the command that removes what a run has left', () => {
  const target: Target = {
    region: 'eu-west-1',
    forcePathStyle: true,
    store: { name: 'aws', version: 'eu-west-1', how: 'aws' },
    runId: '0123456789',
    headline: '',
  }

  base('is whole at an endpoint', () => {
    const store = { name: 'minio', version: '1' }

    expect(cleanCommand(target, { ...settings, endpoint: 'http://localhost:9000', store })).toMatch(
      /^S3_ENDPOINT=http:\/\/localhost:9000 S3_STORE=minio@1 .*npm run clean -- --run 0123456789$/,
    )
  })

  base('is whole on Amazon S3', () => {
    vi.stubEnv('AWS_PROFILE', "bob's sandbox")
    const command = cleanCommand(target, { target: 'aws', results, hasCredentials: true })
    vi.unstubAllEnvs()

    expect(command).toBe(
      "S3_TARGET=aws AWS_PROFILE='bob'\\''s sandbox' AWS_REGION=eu-west-1 npm run clean -- --run 0123456789",
    )
  })
})
