import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, vi } from 'vitest'

/** A run that starts a janitor and a child to be watched, says both process ids, and goes on. */
const RUN = `
  import { spawn } from 'node:child_process'
  import { startJanitor } from './support/targets/janitor.ts'
  const janitor = startJanitor()
  const child = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' })
  janitor.watch({ kind: 'process', pid: child.pid, folder: process.argv[1] })
  process.on('SIGUSR2', async () => {
    process.kill(-child.pid, 'SIGKILL')
    await janitor.dismiss()
    process.exit()
  })
  setInterval(() => {}, 1000)
  console.log(child.pid)
`

const test = base.extend('run', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-janitor-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  const args = ['--import', 'tsx', '--input-type=module', '-e', RUN, folder]
  const runner: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = await new Promise<number>((resolve) => runner.stdout?.once('data', (chunk) => resolve(Number(chunk))))
  return { runner, pid, folder }
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A process that nobody has waited for yet is dead, too.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

test('removes what a run has left when it is killed with -9', async ({ run: { runner, pid, folder } }) => {
  expect(isAlive(pid)).toBe(true)

  runner.kill('SIGKILL')

  await vi.waitUntil(() => !isAlive(pid) && !existsSync(folder), { timeout: 10_000 })
})

test('removes nothing and goes away when all was stopped regularly', async ({ run: { runner, pid, folder } }) => {
  const ended = new Promise((resolve) => runner.once('exit', resolve))
  runner.kill('SIGUSR2')
  await ended

  expect(isAlive(pid)).toBe(false)
  expect(readdirSync(folder)).toEqual([])
})
