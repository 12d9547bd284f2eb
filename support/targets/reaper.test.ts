import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, describe, expect, vi } from 'vitest'
import { root } from '../paths'
import { leftOf } from './reaper'

/**
 * A script that starts a reaper and a child process, has the reaper watch the child process, and prints the child's
 * process id.
 */
const RUN = `
  import { spawn } from 'node:child_process'
  import { startReaper } from './support/targets/reaper.ts'
  const reaper = startReaper()
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300_000)'], { detached: true, stdio: 'ignore' })
  reaper.watch({ kind: 'folder', path: process.argv[1] })
  reaper.watch({ kind: 'process', pid: child.pid })
  process.on('SIGUSR2', async () => {
    process.kill(-child.pid, 'SIGKILL')
    await reaper.dismiss()
    process.exit()
  })
  setInterval(() => {}, 1000)
  console.log(child.pid)
`

const test = base.extend('run', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-reaper-'))
  const args = ['--import', 'tsx', '--input-type=module', '-e', RUN, folder]
  const runner: ChildProcess = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  onCleanup(async () => {
    runner.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const pid = await new Promise<number>((resolve) => runner.stdout?.once('data', (chunk) => resolve(Number(chunk))))
  return { runner, pid, folder }
})

/** Whether a process is running. Zombies do not count. */
function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  return state !== '' && !state.startsWith('Z')
}

describe('a reaper', { timeout: 30_000 }, () => {
  test('removes what a run leaves behind after kill -9', async ({ run: { runner, pid, folder } }) => {
    expect(isAlive(pid)).toBe(true)

    runner.kill('SIGKILL')

    await vi.waitUntil(() => !isAlive(pid) && !existsSync(folder), { timeout: 25_000 })
  })

  test('removes nothing after being dismissed', async ({ run: { runner, pid, folder } }) => {
    const ended = new Promise((resolve) => runner.once('exit', resolve))
    runner.kill('SIGUSR2')
    await ended

    expect(isAlive(pid)).toBe(false)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('what is left to remove', () => {
  const folder = { kind: 'folder', path: '/tmp/store' } as const
  const store = { kind: 'process', pid: 42 } as const
  const lines = (...messages: unknown[]) => messages.map((one) => `${JSON.stringify(one)}\n`).join('')

  base('is everything that is still watched, with a folder after the process that writes to it', () => {
    const installer = { kind: 'process', pid: 41 } as const
    const messages = lines(
      { id: 0, watched: installer },
      { id: 1, watched: folder },
      { id: 2, watched: store },
      { id: 0 },
    )

    expect(leftOf(messages)).toEqual([store, folder])
  })

  base('is nothing after the reaper was dismissed', () => {
    expect(leftOf(lines({ id: 0, watched: store }, 'dismissed'))).toEqual([])
  })

  base('does not include an incomplete message', () => {
    expect(leftOf(`${lines({ id: 0, watched: store })}{"id":1,"watched":{"kind":"fol`)).toEqual([store])
  })
})
