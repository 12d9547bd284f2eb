import { spawn } from 'node:child_process'
import { test as base, describe, expect, vi } from 'vitest'
import { root } from '../paths'
import { listenOnLoopback } from '../wire/loopback'
import { cleanCommand } from './external-store'
import { readSettings } from './settings'
import { startTarget, strategies } from './start'
import type { Target } from './target'
import { TARGETS } from './validate'

const settings = readSettings({
  S3_ENDPOINT: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
})

const test = base
  /**
   * A fake store. The result of its `removes` function determines what happens on a DELETE request. If it is `true`,
   * the store removes the bucket. If it is a number, the store returns an error with this status. If it is `hangs`, the
   * store does not respond.
   */
  .extend('store', async ({}, { onCleanup }) => {
    const buckets = new Set<string>()
    const store = {
      stores: true,
      buckets,
      created: 0,
      deletions: 0,
      removes: (_deletion: number): true | number | 'hangs' => true,
    }
    const { endpoint, close } = await listenOnLoopback((request, response) => {
      const bucket = new URL(request.url ?? '/', 'http://store').pathname.split('/')[1] ?? ''
      const isCreation = request.method === 'PUT' && /^\/[^/]+\/?$/.test(request.url ?? '')
      if (request.method === 'PUT' && !isCreation && !store.stores) {
        return void response.writeHead(507).end('<Error><Code>InsufficientStorage</Code></Error>')
      }
      if (isCreation) store.created += buckets.has(bucket) ? 0 : 1
      if (isCreation) buckets.add(bucket)
      if (request.method === 'DELETE') {
        const removes = store.removes(++store.deletions)
        if (removes === 'hangs') return
        if (removes !== true) return void response.writeHead(removes).end('<Error><Code>AccessDenied</Code></Error>')
        buckets.delete(bucket)
      }
      const list = [...buckets].map((name) => `<Bucket><Name>${name}</Name></Bucket>`).join('')
      response.end(`<R><Buckets>${list}</Buckets></R>`)
    })
    onCleanup(() => {
      vi.unstubAllEnvs()
      return close()
    })
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
    return Object.assign(store, { endpoint })
  })

describe('starting a target', { timeout: 30_000 }, () => {
  base('every value of S3_TARGET has a strategy, and no other value has one', async () => {
    expect(Object.keys(strategies).sort()).toEqual([...TARGETS].sort())
    await expect(startTarget({ ...settings, target: 'gcs' }, () => {})).rejects.toThrow(
      'S3_TARGET=gcs is not a known target.',
    )
  })

  base('no container is started for a store whose Python is selected', async () => {
    const python = { file: 'python3.11', executable: '/python3.11', version: [3, 11] } as const
    const reaper = { watch: () => () => {}, dismiss: async () => {} }
    const run = { settings: { ...settings, python }, runId: 'id', reaper, log: () => {} }

    await expect(strategies['localstack-container']?.[0]?.(run, '')).rejects.toMatchObject({
      name: 'SetupError',
      message: 'The setting S3_PYTHON selects Python 3.11',
    })
  })

  base('a store whose thread exits fails the run, which prints the reason', async ({ onTestFinished }) => {
    onTestFinished(() => {
      process.exitCode = undefined
    })
    const thread = await import('./thread')
    const stop = async () => {}
    const start = vi
      .spyOn(thread, 'startThread')
      .mockResolvedValue({ endpoint: 'http://127.0.0.1:9', version: '1', stop })
    const lines: string[] = []
    await startTarget(readSettings({ S3_TARGET: 'reference' }), (line) => void lines.push(line))
    const [, onEnd] = start.mock.calls[0] ?? []
    start.mockRestore()

    onEnd?.('the reference store 1 exited during the run: Error: out of luck')

    expect(lines).toEqual(['the reference store 1 exited during the run: Error: out of luck'])
    expect(process.exitCode).toBe(1)
  })

  base('the error names an endpoint that is unreachable', async () => {
    await expect(startTarget(settings, () => {})).rejects.toMatchObject({
      name: 'SetupError',
      message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9 is unreachable /),
    })
  })

  test('the check creates buckets and leaves none', async ({ store }) => {
    const target = await startTarget({ ...settings, endpoint: store.endpoint }, () => {})
    expect([store.deletions, store.buckets.size]).toEqual([store.created, 0])
    store.buckets.add(`s3cr-${target.runId}-0000000000`).add('s3cr-another000-0000000000')

    await target.stop()

    expect([...store.buckets]).toEqual(['s3cr-another000-0000000000'])
  })

  test('the error names a bucket that cannot be deleted and the command that removes it', async ({ store }) => {
    store.removes = () => 403

    const { message } = await startTarget({ ...settings, endpoint: store.endpoint }, () => {}).catch((error) => error)

    const [bucket = ''] = store.buckets
    expect(message).toMatch(/ does not allow DeleteBucket with these credentials: 403 AccessDenied\n/)
    expect(message).toMatch(
      new RegExp(
        `The bucket ${bucket} was left behind. Remove it with: .*npm run clean -- --run ${bucket.slice(5, 15)}$`,
      ),
    )
  })

  test('no bucket is left in a store that rejects writes', async ({ store }) => {
    store.stores = false

    const start = startTarget({ ...settings, endpoint: store.endpoint }, () => {})

    await expect(start).rejects.toThrow(/^PutObject failed on .*: 507 InsufficientStorage$/)
    expect(store.buckets.size).toBe(0)
  })

  test('stop names the buckets that remain', async ({ store }) => {
    const lines: string[] = []
    const target = await startTarget({ ...settings, endpoint: store.endpoint }, (line) => void lines.push(line))
    store.removes = () => 403
    const bucket = `s3cr-${target.runId}-0000000000`
    store.buckets.add(bucket)

    await target.stop()

    // If buckets remain, only a run against Amazon S3 fails.
    expect(process.exitCode).toBeUndefined()
    expect(lines).toEqual([expect.stringContaining(`may remain: ${bucket} (403 AccessDenied`)])
    expect(lines[0]).toMatch(new RegExp(`S3_ENDPOINT=${store.endpoint} .*npm run clean -- --run ${target.runId}$`))
  })

  test('no bucket is left after an interruption', async ({ store }) => {
    store.removes = (deletion) => (deletion === 1 ? 'hangs' : true)
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
    await vi.waitUntil(() => store.deletions === 1, { timeout: 20_000 })
    expect(store.buckets.size).toBe(1)

    run.kill('SIGINT')

    await vi.waitUntil(() => store.buckets.size === 0, { timeout: 20_000 })
  })
})

describe('the command that removes what a run left behind', () => {
  const target: Target = {
    region: 'eu-west-1',
    forcePathStyle: true,
    store: { name: 'aws', version: 'eu-west-1', how: 'aws' },
    runId: '0123456789',
    unsupported: {},
    headline: '',
  }

  base('contains the endpoint', () => {
    const store = { name: 'minio', version: '1' }

    expect(cleanCommand(target, { ...settings, endpoint: 'http://localhost:9000', store })).toMatch(
      /^S3_ENDPOINT=http:\/\/localhost:9000 S3_STORE=minio@1 .*npm run clean -- --run 0123456789$/,
    )
  })

  base('contains profile and region for Amazon S3', () => {
    vi.stubEnv('AWS_PROFILE', "bob's sandbox")
    const command = cleanCommand(target, readSettings({ S3_TARGET: 'aws' }))
    vi.unstubAllEnvs()

    expect(command).toBe(
      "S3_TARGET=aws AWS_PROFILE='bob'\\''s sandbox' AWS_REGION=eu-west-1 npm run clean -- --run 0123456789",
    )
  })
})
