import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { discard, installed, installOnce, lock, run } from './cache'

const watcher = { log: () => {}, watch: () => {} }

const test = base
  .extend('folder', async ({}, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 's3cr-cache-'))
    onCleanup(() => rm(folder, { recursive: true }))
    return folder
  })
  .extend('installation', async ({}, { onCleanup }) => {
    const name = `test-${process.pid}-${Math.random().toString(36).slice(2)}`
    onCleanup(() =>
      rm(join('node_modules', '.cache', 's3-conditional-requests', name), { recursive: true, force: true }),
    )
    return name
  })

/** A process id that nobody has: that of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid

test('installs once and finds it the next time', async ({ installation: name }) => {
  const made: string[] = []
  const install = () => installOnce(name, watcher, (into) => mkdirAnd(into, async () => void made.push(into)))
  const folders = [await install(), await install()]

  expect(made).toEqual([folders[0]])
  expect(folders[1]).toBe(folders[0])
  expect(await installed(name)).toBeDefined()
})

test('makes anew what was left half-made, and what was discarded', async ({ installation: name }) => {
  const fail = installOnce(name, watcher, async (into) => {
    await mkdirAnd(into, async (folder) => writeFile(join(folder, 'half'), ''))
    throw new Error('killed')
  })
  await expect(fail).rejects.toThrow('killed')
  expect(await installed(name)).toBeUndefined()

  const folder = await installOnce(name, watcher, (into) => mkdirAnd(into, async () => {}))
  expect(await readdir(folder)).toEqual(['.complete'])

  await discard(name)
  expect(await installed(name)).toBeUndefined()
})

test('two at once: one installs, the other waits and takes what is there', async ({ installation: name }) => {
  let made = 0
  const waited: string[] = []
  const install = () =>
    installOnce(name, { ...watcher, log: (line) => void waited.push(line) }, async (into) => {
      made++
      await mkdirAnd(into, async () => void (await run([process.execPath, '-e', 'setTimeout(() => {}, 300)'], watcher)))
    })

  const folders = await Promise.all([install(), install()])

  expect(made).toBe(1)
  expect(folders[0]).toBe(folders[1])
  expect(waited).toEqual([`Waiting for another run that installs ${name} …`])
})

test('takes a lock over from a process that has died', async ({ folder }) => {
  const file = join(folder, 'lock')
  await writeFile(file, String(deadPid()))

  const unlock = await lock(file)

  expect(await readFile(file, 'utf8')).toBe(String(process.pid))
  await unlock()
  expect(existsSync(file)).toBe(false)
})

test('shows what a failing installer said last, without the password of an index', async () => {
  const installer = [
    process.execPath,
    '-e',
    'console.error("no route to https://me:secret@index/simple"); process.exit(1)',
  ]

  const message = await run(installer, watcher).catch(({ message }) => message)

  expect(message).toContain('https://***@index/simple')
  expect(message).toContain('S3_ENDPOINT=')
  expect(message).not.toContain('secret')
})

async function mkdirAnd(folder: string, work: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(folder)
  await work(folder)
}
