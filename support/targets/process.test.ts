import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, describe, expect, vi } from 'vitest'
import { SetupError } from '../errors'
import { root } from '../paths'
import type { Installed, ProcessStore, Store } from '../stores/store'
import { startProcess } from './process'
import type { Watched } from './reaper'

const SERVER = `require('node:http').createServer((_, r) => r.end()).listen(process.env.S3CR_PORT, '127.0.0.1')`

const responds = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  )

/** Returns a store whose server is a Node process that runs `code`. */
function storeOf(
  code: string,
  { installed, ...process }: Partial<ProcessStore> & { installed?: Partial<Installed> } = {},
) {
  const store: Store = {
    name: 'fake',
    title: 'Fake',
    unsupported: {},
    process: {
      remedy: 'install Fake',
      install: async () => ({
        version: '1.0',
        command: (port) => ({
          file: globalThis.process.execPath,
          args: ['-e', code],
          env: { S3CR_PORT: String(port) },
        }),
        discard: async () => {},
        ...installed,
      }),
      ready: responds,
      ...process,
    },
  }
  return store
}

const test = base.extend('reaper', async ({}) => {
  const watched = new Set<Watched>()
  return {
    watched,
    watch: (one: Watched) => {
      watched.add(one)
      return () => void watched.delete(one)
    },
    dismiss: async () => {},
  }
})

describe('a store as a process', { timeout: 30_000 }, () => {
  test('is watched while it runs, and leaves nothing behind', async ({ reaper }) => {
    const started = await startProcess(storeOf(SERVER), reaper, () => {})
    expect(await responds(started.endpoint)).toBe(true)
    expect([...reaper.watched].map(({ kind }) => kind)).toEqual(['folder', 'process'])
    const folder = [...reaper.watched].find((one) => one.kind === 'folder')

    await started.stop()

    expect(existsSync(folder?.path ?? '')).toBe(false)
    await vi.waitUntil(() => reaper.watched.size === 0, { timeout: 10_000 })
    expect(await responds(started.endpoint)).toBe(false)
  })

  test('that has exited is no longer watched', async ({ reaper }) => {
    const store = storeOf(`${SERVER}; setTimeout(() => process.exit(), 1000)`)
    const { stop } = await startProcess(store, reaper, () => {})

    await vi.waitUntil(() => [...reaper.watched].every(({ kind }) => kind !== 'process'), { timeout: 10_000 })

    await stop()
  })

  test('that does not start causes an error with its last output', async ({ reaper }) => {
    const store = storeOf(`console.error('no luck'); process.exit(3)`)

    await expect(startProcess(store, reaper, () => {})).rejects.toMatchObject({
      message: expect.stringContaining(
        'Fake 1.0 did not start: it exited (exit code or signal: 3). Its last output:\nno luck',
      ),
      missing: undefined,
    })
    expect(reaper.watched.size).toBe(0)
  })

  test('that is not ready in time causes an error that reports nothing as missing', async ({
    reaper,
    onTestFinished,
  }) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const ready = async () => {
      vi.setSystemTime(Date.now() + 61_000)
      return false
    }

    await expect(startProcess(storeOf(SERVER, { ready }), reaper, () => {})).rejects.toMatchObject({
      message: expect.stringContaining('Fake 1.0 did not start: not ready after 60 s'),
      missing: undefined,
    })
  })

  test('that has exited is not confused with another server on its port', async ({ reaper }) => {
    const ready = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 3_000))

    await expect(startProcess(storeOf('process.exit(1)', { ready }), reaper, () => {})).rejects.toThrow(
      'Fake 1.0 did not start: it exited (exit code or signal: 1).',
    )
  })

  test('is installed again if its program does not exist', async ({ reaper }) => {
    const lines: string[] = []
    let discarded = 0
    const store = storeOf(SERVER)
    const command = () => ({ file: '/nowhere/bin/python', args: [], env: {} })
    const install = store.process?.install.bind(store.process)
    const broken = storeOf(SERVER, {
      install: async (watcher) => {
        const installed = await (install as ProcessStore['install'])(watcher)
        return discarded > 0 ? installed : { ...installed, command, discard: async () => void discarded++ }
      },
    })

    const { stop } = await startProcess(broken, reaper, (line) => void lines.push(line))

    await stop()
    expect(lines).toEqual(['The installation of Fake 1.0 is broken. Installing it again …'])
    expect(discarded).toBe(1)
  })

  test('that is broken and cannot be reinstalled causes an error that reports nothing as missing', async ({
    reaper,
  }) => {
    let installs = 0
    const broken = {
      version: '1.0',
      command: () => ({ file: '/nowhere/python', args: [], env: {} }),
      discard: async () => {},
    }
    const install = async () => {
      if (installs++ === 0) return broken
      throw new SetupError('The package index is unreachable:\nno route', 'package index')
    }

    await expect(startProcess(storeOf(SERVER, { install }), reaper, () => {})).rejects.toMatchObject({
      message: expect.stringMatching(/Fake 1\.0 did not start: spawn(.|\n)*The package index is unreachable/),
      missing: undefined,
    })
  })

  test.for(['Python', undefined] as const)(
    'that cannot be installed causes an error with alternatives; reported as missing: %s',
    async (missing, { reaper }) => {
      const install = () => Promise.reject(new SetupError('Fake needs Fortran.', missing))

      await expect(startProcess(storeOf(SERVER, { install }), reaper, () => {})).rejects.toMatchObject({
        message: expect.stringContaining(
          'Fake needs Fortran.\nTry one of:\n  - install Fake\n  - use a store that is already running: S3_ENDPOINT=',
        ),
        missing,
      })
    },
  )

  test('is removed with its folder if the run is interrupted while the store is starting', async ({
    onTestFinished,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 's3cr-interrupted-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const run = `
      import { startReaper } from './support/targets/reaper.ts'
      import { startProcess } from './support/targets/process.ts'
      const command = () => ({ file: process.execPath, args: ['-e', 'setTimeout(() => {}, 300_000)'], env: {} })
      const install = async () => ({ version: '1', command, discard: async () => {} })
      const ready = async () => (console.log('not yet'), false)
      const store = { name: 'fake', title: 'Fake', unsupported: {}, process: { remedy: '', install, ready } }
      await startProcess(store, startReaper(), console.log)
    `
    const args = ['--import', 'tsx', '--input-type=module', '-e', run]
    const runner = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => runner.stdout.once('data', resolve))
    const left = async () => (await readdir(folder)).filter((name) => name.startsWith('s3cr-'))
    expect(await left()).toHaveLength(1)

    runner.kill('SIGINT')

    await vi.waitUntil(async () => (await left()).length === 0, { timeout: 20_000 })
  })
})
