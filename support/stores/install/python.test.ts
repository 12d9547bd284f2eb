import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { test as base, expect, vi } from 'vitest'
import { cache } from '../../paths'
import { fakePython } from '../../testing/fake-python'
import { pip } from '../../testing/pip'
import { findPython, installedPython, installPython, isUnreachable, pythonAt } from './python'

// A busy machine takes its time to start programs.
vi.setConfig({ testTimeout: 30_000 })

const WANTED = [
  [3, 13],
  [3, 10],
] as const

/** A machine that has these interpreters and no others: name → what it says, or how it refuses to run. */
const test = base.extend('machine', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-python-'))
  onCleanup(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
  return async (onPath: Record<string, string>, underPyenv: Record<string, string> = {}) => {
    const write = async (file: string, says: string) => {
      await writeFile(file, `#!/bin/sh\n${says === 'refuses' ? 'exit 127' : `echo ${says}`}\n`)
      await chmod(file, 0o755)
    }
    await mkdir(join(folder, 'bin'))
    for (const [name, says] of Object.entries(onPath)) await write(join(folder, 'bin', name), says)
    for (const [version, says] of Object.entries(underPyenv)) {
      await mkdir(join(folder, 'pyenv', 'versions', version, 'bin'), { recursive: true })
      await write(join(folder, 'pyenv', 'versions', version, 'bin', 'python'), says)
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

withPackages(
  'are installed by uv where it is on the PATH, and else by pip',
  async ({ machine, installation: { packages, python } }) => {
    await machine({})
    const said: string[] = []
    const watcher = { log: (line: string) => void said.push(line), watch: () => () => {} }
    const bin = process.env.PATH?.split(delimiter)[0] ?? ''
    const uv = (then: string) =>
      `#!/bin/sh\n[ "$1" = pip ] && ${then}\n[ "$1" = venv ] && mkdir -p "$6/bin" && cp "$5" "$6/bin/python"\nexit 0\n`
    await writeFile(join(bin, 'uv'), uv('exit 0'), { mode: 0o755 })
    await expect(installPython(packages, python, watcher)).resolves.toMatch(/bin\/python$/)
    expect(said).toHaveLength(1)

    await writeFile(join(bin, 'uv'), uv('echo no such host && exit 2'), { mode: 0o755 })
    const others = { ...packages, name: `${packages.name}-others` }
    await expect(installPython(others, python, watcher)).resolves.toMatch(/bin\/python$/)
    expect(said.join()).toContain('uv did not do it, pip is asked')
  },
)

test('takes the wanted version where it is on the PATH', async ({ machine }) => {
  await machine({ 'python3.13': '3.13', python3: '3.11' })

  expect(await findPython(WANTED, 'A store')).toMatchObject({ file: 'python3.13', version: [3, 13] })
})

test('finds it under pyenv where the shim on the PATH refuses to run', async ({ machine }) => {
  await machine(
    { 'python3.13': 'refuses', 'python3.14': 'refuses', python3: '3.11' },
    { '3.13.0': '3.13', '3.9.1': '3.9' },
  )

  const { file, version } = await findPython(WANTED, 'A store')

  expect(version).toEqual([3, 13])
  expect(file).toMatch(/versions\/3\.13\.0\/bin\/python$/)
})

test('falls back to an older version that will do', async ({ machine }) => {
  const refused = { 'python3.13': 'refuses', 'python3.14': 'refuses', 'python3.12': 'refuses', python: 'refuses' }
  await machine({ ...refused, python3: '3.11', 'python3.11': '3.11', 'python3.10': 'refuses' })

  expect((await findPython(WANTED, 'A store')).version).toEqual([3, 11])
})

test('says what it found where nothing will do', async ({ machine }) => {
  const names = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python']
  await machine(Object.fromEntries(names.map((name) => [name, name === 'python3' ? '3.9' : 'refuses'])))

  await expect(findPython(WANTED, 'A store')).rejects.toMatchObject({
    missing: 'Python',
    message: 'A store needs Python 3.10 or later, which was not found, only 3.9.',
  })
})

test('says that there is no Python', async ({ machine }) => {
  const names = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python']
  await machine(Object.fromEntries(names.map((name) => [name, 'refuses'])))

  await expect(findPython(WANTED, 'A store')).rejects.toMatchObject({
    missing: 'Python',
    message: 'A store needs Python 3.10 or later, which was not found.',
  })
})

withPackages('is not a Python that cannot make virtual environments', async ({ machine }) => {
  const names = ['python3.14', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python']
  await machine(Object.fromEntries(names.map((name) => [name, 'refuses'])))
  const [bin = ''] = process.env.PATH?.split(delimiter) ?? []
  fakePython(bin, '3.13', 'ensurepip')

  await expect(findPython(WANTED, 'A store')).rejects.toMatchObject({
    missing: 'Python',
    message: 'A store needs Python 3.10 or later, which was not found, only 3.13 without ensurepip.',
  })

  fakePython(bin, '3.11')
  expect((await findPython(WANTED, 'A store')).version).toEqual([3, 11])
})

test.for(['unreachable', 'behindProxy', 'silent'] as const)('pip has no index: %s', (name) => {
  expect(isUnreachable(pip[name])).toBe(true)
})

const reached = ['lacking', 'lackingAfterRetry', 'lackingAnother', 'brokenDownload', 'untrusted', 'otherHash'] as const
test.for(reached)('pip fails with an index: %s', (name) => {
  expect(isUnreachable(pip[name])).toBe(false)
})

withPackages(
  'tells an index that does not respond from a package that cannot be installed',
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
      message: expect.stringMatching(/^The package index cannot be reached:\n/),
    })
    for (const output of [pip.lacking, pip.brokenDownload, pip.otherHash, pip.diskFull]) {
      await expect(install(output)).rejects.toMatchObject({ name: 'SetupError', missing: undefined })
    }
  },
)

withPackages(
  'does not blame the index alone if an installation is broken',
  async ({ machine, installation: { packages, python } }) => {
    await machine({})
    const watcher = { log: () => {}, watch: () => () => {} }
    await rm(await installPython(packages, python, watcher))
    const offline = { ...python, file: fakePython(dirname(python.file), '3.13', pip.unreachable) }

    await expect(installPython(packages, offline, watcher)).rejects.toMatchObject({
      missing: undefined,
      message: expect.stringContaining('The package index cannot be reached'),
    })
  },
)

withPackages('makes an environment anew whose interpreter is gone', async ({ installation: { packages, python } }) => {
  const install = () => installPython(packages, python, { log: () => {}, watch: () => () => {} })
  const interpreter = await install()
  expect(await installedPython(packages)).toBe(interpreter)

  await rm(interpreter)
  await symlink('/nowhere/bin/python3.13', interpreter)
  expect(await installedPython(packages)).toBeUndefined()

  expect(await install()).toBe(interpreter)
  expect(await installedPython(packages)).toBe(interpreter)
})

withPackages('installs packages once more for an interpreter that is selected', async ({ installation }) => {
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

test('resolves the links to an interpreter', async ({ machine }) => {
  await machine({ python3: '3.11 /usr/bin/python3.11' })

  expect(pythonAt('python3')).toEqual({ file: 'python3', executable: '/usr/bin/python3.11', version: [3, 11] })
})

test.for(['refuses', 'Python 3.11', ''])('finds no Python in a program that prints “%s”', async (says, { machine }) => {
  await machine({ python3: says })

  expect(pythonAt('python3')).toBeUndefined()
})
