import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { test as base, expect, vi } from 'vitest'
import { cache } from '../../paths'
import { fakePython } from '../../testing/fake-python'
import { pip } from '../../testing/pip'
import { findPython, installedPython, installPython, isUnreachable, pythonAt } from './python'

// A long timeout, because programs start slowly on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const ACCEPTED = [
  [3, 13],
  [3, 10],
] as const

/**
 * Simulates a machine that has only the given Python interpreters. Each parameter maps an interpreter's name to the
 * text that the interpreter prints, or to `fails`.
 */
const test = base.extend('machine', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-python-'))
  onCleanup(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
  return async (onPath: Record<string, string>, underPyenv: Record<string, string> = {}) => {
    const write = async (file: string, output: string) => {
      await writeFile(file, `#!/bin/sh\n${output === 'fails' ? 'exit 127' : `echo ${output}`}\n`)
      await chmod(file, 0o755)
    }
    await mkdir(join(folder, 'bin'))
    for (const [name, output] of Object.entries(onPath)) await write(join(folder, 'bin', name), output)
    for (const [version, output] of Object.entries(underPyenv)) {
      await mkdir(join(folder, 'pyenv', 'versions', version, 'bin'), { recursive: true })
      await write(join(folder, 'pyenv', 'versions', version, 'bin', 'python'), output)
    }
    vi.stubEnv('PATH', [join(folder, 'bin'), '/bin'].join(delimiter))
    vi.stubEnv('PYENV_ROOT', join(folder, 'pyenv'))
  }
})

const withPackages = test.extend('installation', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-packages-'))
  const name = `test-${process.pid}-${Math.random().toString(36).slice(2)}`
  const requirements = join(folder, 'requirements.txt')
  await writeFile(requirements, '')
  const file = fakePython(folder, '3.13')
  onCleanup(async () => {
    await rm(folder, { recursive: true })
    const left = (await readdir(cache)).filter((entry) => entry.startsWith(name))
    for (const entry of left) await rm(join(cache, entry), { recursive: true })
  })
  return { packages: { name, requirements }, python: { file, executable: file, version: [3, 13] as const } }
})

test('the preferred version on the PATH is selected', async ({ machine }) => {
  await machine({ 'python3.13': '3.13', python3: '3.11' })

  expect(await findPython(ACCEPTED, 'A store')).toMatchObject({ file: 'python3.13', version: [3, 13] })
})

test('a Python installed by pyenv is selected if its shim on the PATH fails', async ({ machine }) => {
  await machine({ 'python3.13': 'fails', 'python3.14': 'fails', python3: '3.11' }, { '3.13.0': '3.13', '3.9.1': '3.9' })

  const { file, version } = await findPython(ACCEPTED, 'A store')

  expect(version).toEqual([3, 13])
  expect(file).toMatch(/versions\/3\.13\.0\/bin\/python$/)
})

test('an older accepted version is selected if there is no preferred one', async ({ machine }) => {
  const failing = { 'python3.13': 'fails', 'python3.14': 'fails', 'python3.12': 'fails', python: 'fails' }
  await machine({ ...failing, python3: '3.11', 'python3.11': '3.11', 'python3.10': 'fails' })

  expect((await findPython(ACCEPTED, 'A store')).version).toEqual([3, 11])
})

test('the error lists the versions that were found', async ({ machine }) => {
  const names = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python']
  await machine(Object.fromEntries(names.map((name) => [name, name === 'python3' ? '3.9' : 'fails'])))

  await expect(findPython(ACCEPTED, 'A store')).rejects.toMatchObject({
    missing: 'Python',
    message: 'A store needs Python 3.10 or later, which was not found (found: 3.9).',
  })
})

test('the error lists no versions if there is no Python', async ({ machine }) => {
  const names = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python']
  await machine(Object.fromEntries(names.map((name) => [name, 'fails'])))

  await expect(findPython(ACCEPTED, 'A store')).rejects.toMatchObject({
    missing: 'Python',
    message: 'A store needs Python 3.10 or later, which was not found.',
  })
})

withPackages('a Python that cannot create virtual environments is not selected', async ({ machine }) => {
  const names = ['python3.14', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python']
  await machine(Object.fromEntries(names.map((name) => [name, 'fails'])))
  const [bin = ''] = process.env.PATH?.split(delimiter) ?? []
  fakePython(bin, '3.13', 'ensurepip')

  await expect(findPython(ACCEPTED, 'A store')).rejects.toMatchObject({
    missing: 'Python',
    message: 'A store needs Python 3.10 or later, which was not found (found: 3.13 without ensurepip).',
  })

  fakePython(bin, '3.11')
  expect((await findPython(ACCEPTED, 'A store')).version).toEqual([3, 11])
})

test.for(['unreachable', 'behindProxy', 'silent'] as const)('the package index is unreachable: %s', (name) => {
  expect(isUnreachable(pip[name])).toBe(true)
})

const reached = ['lacking', 'lackingAfterRetry', 'lackingAnother', 'brokenDownload', 'untrusted', 'otherHash'] as const
test.for(reached)('the package index is reachable: %s', (name) => {
  expect(isUnreachable(pip[name])).toBe(false)
})

withPackages(
  'only an index that does not respond is reported as missing',
  async ({ machine, installation: { packages, python } }) => {
    await machine({})
    const folder = dirname(python.file)
    const install = (output: string) =>
      installPython(
        packages,
        { ...python, file: fakePython(folder, '3.13', output) },
        { log: () => {}, watch: () => () => {} },
      )

    await expect(install(pip.unreachable)).rejects.toMatchObject({
      missing: 'package index',
      message: expect.stringMatching(/^The package index is unreachable:\n/),
    })
    for (const output of [pip.lacking, pip.brokenDownload, pip.otherHash, pip.diskFull]) {
      await expect(install(output)).rejects.toMatchObject({ name: 'SetupError', missing: undefined })
    }
  },
)

withPackages(
  'an unreachable index is not reported as missing if an installation is broken',
  async ({ machine, installation: { packages, python } }) => {
    await machine({})
    const watcher = { log: () => {}, watch: () => () => {} }
    await rm(await installPython(packages, python, watcher))
    const offline = { ...python, file: fakePython(dirname(python.file), '3.13', pip.unreachable) }

    await expect(installPython(packages, offline, watcher)).rejects.toMatchObject({
      missing: undefined,
      message: expect.stringContaining('The package index is unreachable'),
    })
  },
)

withPackages(
  'an environment without an interpreter is installed again',
  async ({ installation: { packages, python } }) => {
    const install = () => installPython(packages, python, { log: () => {}, watch: () => () => {} })
    const interpreter = await install()
    expect(await installedPython(packages)).toBe(interpreter)

    await rm(interpreter)
    await symlink('/nowhere/bin/python3.13', interpreter)
    expect(await installedPython(packages)).toBeUndefined()

    expect(await install()).toBe(interpreter)
    expect(await installedPython(packages)).toBe(interpreter)
  },
)

withPackages('a selected interpreter has a separate installation', async ({ installation }) => {
  const { packages, python } = installation
  const watcher = { log: () => {}, watch: () => () => {} }
  const any = await installPython(packages, python, watcher)
  const selected = { ...packages, python }
  expect(await installedPython(selected)).toBeUndefined()

  const own = await installPython(selected, python, watcher)

  expect(own).not.toBe(any)
  expect(await installedPython(selected)).toBe(own)
  expect(await installedPython({ ...packages, python: { ...python, executable: '/another' } })).toBeUndefined()
})

test('symbolic links to an interpreter are resolved', async ({ machine }) => {
  await machine({ python3: '3.11 /usr/bin/python3.11' })

  expect(pythonAt('python3')).toEqual({ file: 'python3', executable: '/usr/bin/python3.11', version: [3, 11] })
})

test.for(['fails', 'Python 3.11', ''])(
  'a program that prints “%s” is not a Python interpreter',
  async (output, { machine }) => {
    await machine({ python3: output })

    expect(pythonAt('python3')).toBeUndefined()
  },
)
