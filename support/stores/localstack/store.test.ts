import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test as base, expect, vi } from 'vitest'
import { fakePython } from '../../testing/fake-python'
import { pip } from '../../testing/pip'
import { pythonAt } from '../install/python'
import { localstack } from './store'

const machine = vi.hoisted(() => ({ cache: '' }))

vi.mock('../../paths', async (original) => ({
  ...(await original<typeof import('../../paths')>()),
  get cache() {
    return machine.cache
  },
}))

const test = base.extend('install', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-localstack-'))
  vi.stubEnv('PATH', '/bin')
  machine.cache = join(folder, 'cache')
  onCleanup(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
  return async (python: string) => {
    const watcher = { log: () => {}, watch: () => () => {} }
    const installed = await localstack.process?.install(watcher, pythonAt(fakePython(folder, python)))
    const { file = '' } = installed?.command(1, folder) ?? {}
    return {
      version: installed?.version,
      unsupported: installed?.unsupported,
      python: pythonAt(file)?.version.join('.'),
    }
  }
})

test('the selected Python determines the version, whatever is installed', { timeout: 30_000 }, async ({ install }) => {
  expect(await install('3.13')).toEqual({ version: '4.14.0', unsupported: undefined, python: '3.13' })
  expect(await install('3.11')).toMatchObject({
    version: '4.13.1',
    unsupported: { kms: expect.any(String) },
    python: '3.11',
  })
  expect(await install('3.14')).toMatchObject({ version: '4.14.0', python: '3.14' })
})

test.for(['', pip.unreachable])(
  'an installed older version is used if the newer one cannot be installed and pip prints “%s”',
  async (fails) => {
    const folder = await mkdtemp(join(tmpdir(), 's3cr-localstack-'))
    machine.cache = join(folder, 'cache')
    const watcher = { log: () => {}, watch: () => () => {} }
    const install = () => localstack.process?.install(watcher)
    try {
      vi.stubEnv('PYENV_ROOT', folder)
      const failing = ['python3.13', 'python3.14', 'python3.12', 'python3.10', 'python3', 'python']
      for (const name of failing) await writeFile(join(folder, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
      vi.stubEnv('PATH', [folder, '/bin'].join(delimiter))
      fakePython(folder, '3.11')
      expect(await install()).toMatchObject({
        version: '4.13.1',
        remark: 'version 4.13.1, because 4.14.0 needs Python 3.13',
      })

      await writeFile(join(folder, 'python3.11'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
      if (fails) fakePython(folder, '3.13', fails)

      expect(await install()).toMatchObject({
        version: '4.13.1',
        remark: 'version 4.13.1, because 4.14.0 cannot be installed',
      })
    } finally {
      vi.unstubAllEnvs()
      await rm(folder, { recursive: true })
    }
  },
)
