import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, vi } from 'vitest'
import { cache } from '../../paths'
import { discard, installed, installOnce, run } from './cache'
import { lock } from './lock'

// A long timeout, because programs start slowly on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const watcher = { log: () => {}, watch: () => () => {} }
const always = async () => true

const test = base
  .extend('folder', async ({}, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 's3cr-cache-'))
    onCleanup(() => rm(folder, { recursive: true }))
    return folder
  })
  .extend('installation', async ({}, { onCleanup }) => {
    const name = `test-${process.pid}-${Math.random().toString(36).slice(2)}`
    onCleanup(() => rm(join(cache, name), { recursive: true, force: true }))
    return name
  })

const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid

test('an installation is created once and then found', async ({ installation: name }) => {
  const made: string[] = []
  const install = () => installOnce(name, watcher, always, (into) => mkdirAnd(into, async () => void made.push(into)))
  const folders = [await install(), await install()]

  expect(made).toEqual([folders[0]])
  expect(folders[1]).toBe(folders[0])
  expect(await installed(name)).toBeDefined()
})

test('an incomplete or discarded installation is replaced', async ({ installation: name }) => {
  const fail = installOnce(name, watcher, always, async (into) => {
    await mkdirAnd(into, async (folder) => writeFile(join(folder, 'half'), ''))
    throw new Error('killed')
  })
  await expect(fail).rejects.toThrow('killed')
  expect(await installed(name)).toBeUndefined()

  const folder = await installOnce(name, watcher, always, (into) => mkdirAnd(into, async () => {}))
  expect(await readdir(folder)).toEqual(['.complete'])

  await discard(name)
  expect(await installed(name)).toBeUndefined()
})

test('an unusable installation is replaced', async ({ installation: name }) => {
  const hasProgram = async (folder: string) => existsSync(join(folder, 'program'))
  const install = () =>
    installOnce(name, watcher, hasProgram, (into) => mkdirAnd(into, () => writeFile(join(into, 'program'), '')))
  const folder = await install()
  await rm(join(folder, 'program'))
  expect(await installed(name, hasProgram)).toBeUndefined()

  expect(await readdir(await install())).toEqual(['.complete', 'program'])
})

test('the error names a program that cannot be started', async () => {
  await expect(run(['no-such-program'], watcher)).rejects.toThrow(
    'The installation failed: spawn no-such-program ENOENT',
  )
})

test('an installer is watched until it exits', async () => {
  const running = new Set<number>()
  const watch = (pid: number) => {
    running.add(pid)
    return () => void running.delete(pid)
  }
  const ended = run([process.execPath, '-e', ''], { ...watcher, watch })
  expect(running.size).toBe(1)

  await ended

  expect(running.size).toBe(0)
})

test.for([
  ['OSError: [Errno 28] No space left on device', 'The installation failed because the disk is full:'],
  ['Connection to index timed out', 'The package index is unreachable or lacks a required package:'],
  ['SyntaxError: invalid syntax', 'The installation failed:'],
])('“%s” is reported as: %s', async ([output, message]) => {
  const installer = [process.execPath, '-e', `console.error(${JSON.stringify(output)}); process.exit(1)`]

  await expect(run(installer, watcher)).rejects.toThrow(`${message}\n${output}`)
})

test('concurrent runs install only once: the second waits for the first', async ({ installation: name }) => {
  let made = 0
  const waited: string[] = []
  const install = () =>
    installOnce(name, { ...watcher, log: (line) => void waited.push(line) }, always, async (into) => {
      made++
      await mkdirAnd(into, async () => void (await run([process.execPath, '-e', 'setTimeout(() => {}, 300)'], watcher)))
    })

  const folders = await Promise.all([install(), install()])

  expect(made).toBe(1)
  expect(folders[0]).toBe(folders[1])
  expect(waited).toEqual([`Waiting for another run to install ${name} …`])
})

test('a lock from another pid namespace is taken over only if its file is old', async ({ folder }) => {
  const file = join(folder, 'lock')
  // No process has this id in this pid namespace, but a process in another pid namespace may have it.
  await writeFile(file, '999999999 another-container')
  let isWaiting = false
  const locked = lock(file, () => (isWaiting = true))
  await vi.waitFor(() => expect(isWaiting).toBe(true))
  expect(await readFile(file, 'utf8')).toBe('999999999 another-container')

  const longAgo = new Date(Date.now() - 60_000)
  await utimes(file, longAgo, longAgo)
  const unlock = await locked

  expect(await readFile(file, 'utf8')).toMatch(new RegExp(`^${process.pid} `))
  await unlock()
})

test('a lock held by a process that has died is taken over', async ({ folder }) => {
  const file = join(folder, 'lock')
  await writeFile(file, String(deadPid()))

  const unlock = await lock(file)

  expect(await readFile(file, 'utf8')).toMatch(new RegExp(`^${process.pid} `))
  await unlock()
  expect(existsSync(file)).toBe(false)
})

test('the error contains the last output of an installer, without the password of an index', async () => {
  const installer = [
    process.execPath,
    '-e',
    'console.error("no route to https://me:secret@index/simple"); process.exit(1)',
  ]

  const message = await run(installer, watcher).catch(({ message }) => message)

  expect(message).toContain('https://***@index/simple')
  expect(message).not.toContain('secret')
})

async function mkdirAnd(folder: string, work: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(folder)
  await work(folder)
}
