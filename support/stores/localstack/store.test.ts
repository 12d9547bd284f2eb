import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test as base, expect, vi } from 'vitest'
import { pythonAt } from '../../install/python'
import { fakePython } from '../../testing/fake-python'
import { localstack } from './store'

const test = base.extend('install', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-localstack-'))
  // Without uv, which runs no program that only claims to be a Python.
  vi.stubEnv('PATH', '/bin')
  const made = [folder]
  onCleanup(async () => {
    vi.unstubAllEnvs()
    for (const path of made) await rm(path, { recursive: true })
  })
  return async (python: string) => {
    const watcher = { log: () => {}, watch: () => () => {} }
    const installed = await localstack.process?.install(watcher, pythonAt(fakePython(folder, python)))
    const { file = '' } = installed?.command(1, folder) ?? {}
    made.push(dirname(dirname(file)))
    return { version: installed?.version, lacks: installed?.lacks, python: pythonAt(file)?.version.join('.') }
  }
})

test('the selected Python decides the version, whatever is installed', { timeout: 30_000 }, async ({ install }) => {
  expect(await install('3.13')).toEqual({ version: '4.14.0', lacks: undefined, python: '3.13' })
  expect(await install('3.11')).toMatchObject({ version: '4.13.1', lacks: { kms: expect.any(String) }, python: '3.11' })
  expect(await install('3.14')).toMatchObject({ version: '4.14.0', python: '3.14' })
})
