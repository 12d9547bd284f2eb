import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, describe, expect, vi } from 'vitest'
import { type Missing, SetupError } from '../errors'
import { defaultStore } from '../stores/stores'
import { fakePython } from '../testing/fake-python'
import { pip } from '../testing/pip'
import { mayFallBack } from './fallback'
import { readSettings } from './settings'
import { firstOf, type Run, type Strategy, startTarget } from './start'

const machine = vi.hoisted(() => ({ hasRuntime: false, cache: '' }))

vi.mock('testcontainers', () => ({
  ImageName: { fromString: (name: string) => name },
  getContainerRuntimeClient: async () => {
    if (!machine.hasRuntime) throw new Error('Could not find a working container runtime strategy')
    return { image: { exists: async () => false, pull: () => Promise.reject(new Error('no such host')) } }
  },
}))

vi.mock('../paths', async (original) => ({
  ...(await original<typeof import('../paths')>()),
  get cache() {
    return machine.cache
  },
}))

describe('falling back to the reference store', () => {
  base.for([{}, { CI: '' }, { CI: 'false' }, { S3_UNSUPPORTED: 'website' }, { FAKER_SEED: '1' }])(
    'is allowed with %o',
    (env) => {
      expect(mayFallBack(env)).toBe(true)
      expect(readSettings(env).mayFallBack).toBe(true)
    },
  )

  base.for([
    { CI: 'true' },
    { CI: '1' },
    { S3_TARGET: 'localstack' },
    { S3_TARGET: 'localstack-process' },
    { S3_TARGET: 'reference' },
    { S3_ENDPOINT: 'http://127.0.0.1:9' },
    { S3_BASELINE: 'baseline.json' },
    { S3_UPDATE_BASELINE: '1' },
  ])('is not allowed with %o', (env) => {
    expect(mayFallBack(env)).toBe(false)
    expect(readSettings(env).mayFallBack).toBe(false)
  })

  base('is not allowed with S3_PYTHON', () => {
    expect(mayFallBack({ S3_PYTHON: 'python3.11' })).toBe(false)
  })
})

describe('the strategies of a target', () => {
  const run = { log: () => {} } as unknown as Run
  const found = { target: {} } as Awaited<ReturnType<Strategy>>
  const failing =
    (message: string, missing?: Missing): Strategy =>
    () =>
      Promise.reject(new SetupError(`${message}\nTry one of:\n  - none`, missing))
  const noRuntime = failing('No container runtime was found', 'container runtime')
  const noPython = failing('LocalStack needs Python 3.11 or later, which was not found.', 'Python')
  const noIndex = failing('The package index is unreachable:\nERROR', 'package index')

  base.for([
    [
      'no Python',
      noPython,
      'no container runtime was found and LocalStack needs Python 3.11 or later, which was not found',
    ],
    ['no index', noIndex, 'no container runtime was found and the package index is unreachable'],
  ] as const)('end with the fallback if the machine has no container runtime and %s', async ([, process, reason]) => {
    const fallback = vi.fn<Strategy>(async () => found)

    expect(await firstOf([noRuntime, process], run, fallback)).toBe(found)
    expect(fallback).toHaveBeenCalledExactlyOnceWith(run, reason)
  })

  base.for([
    ['the image cannot be pulled and there is no Python', failing('The image cannot be pulled'), noPython],
    ['the container does not start and the index is unreachable', failing('The container did not start'), noIndex],
    ['a package cannot be installed', noRuntime, failing('The installation failed:')],
    [
      'the store does not start',
      noRuntime,
      failing('LocalStack 4.14.0 did not start: it exited (exit code or signal: 1).'),
    ],
    ['the store is not ready', noRuntime, failing('LocalStack 4.14.0 did not start: not ready after 60 s.')],
    ['the cache cannot be written', noRuntime, failing('Stores are installed in /x, which is read-only')],
    ['the setting S3_PYTHON excludes the container', failing('The setting S3_PYTHON selects Python 3.11'), noIndex],
  ] as const)('end with an error if %s', async ([, container, process]) => {
    const fallback = vi.fn<Strategy>()
    const last = await Promise.resolve(process(run, '')).catch((error) => error)

    await expect(firstOf([container, process], run, fallback)).rejects.toEqual(last)
    expect(fallback).not.toHaveBeenCalled()
  })

  base('end with the error from the last strategy if there is no fallback', async () => {
    await expect(firstOf([noRuntime, noPython], run)).rejects.toThrow(
      'LocalStack needs Python 3.11 or later, which was not found.\nTry one of:',
    )
  })

  base('end at the first error that is not a SetupError', async () => {
    const wrong = vi.fn<Strategy>()
    const broken = () => Promise.reject(new TypeError('a mistake'))

    await expect(firstOf([broken, wrong], run, async () => found)).rejects.toThrow(TypeError)
    expect(wrong).not.toHaveBeenCalled()
  })
})

/** An empty folder, used as the PATH of a simulated machine that has no programs and no container runtime. */
const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-fallback-'))
  Object.assign(machine, { hasRuntime: false, cache: join(folder, 'cache') })
  for (const name of ['DOCKER_HOST', 'CI']) vi.stubEnv(name, undefined)
  vi.stubEnv('PATH', folder)
  vi.stubEnv('PYENV_ROOT', folder)
  onCleanup(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
  return folder
})

const start = (env: Record<string, string> = {}) => startTarget(readSettings(env), () => {})

describe('a machine without containers', { timeout: 60_000 }, () => {
  const { title } = defaultStore
  const end = `The results say nothing about ${title}.`

  test('and without Python uses the reference store', async ({ folder: _ }) => {
    const { store, headline, notice, stop } = await start()
    await stop()

    expect(store).toEqual({ name: 'reference', version: expect.any(String), how: 'thread' })
    expect(headline).toMatch(/^Running against the reference store [\d.]+, in a worker thread of this process\.$/)
    expect(notice).toBe(
      `${title} was replaced by the reference store, because no container runtime was found and ${title} needs Python 3.11 or later, which was not found. ${end}`,
    )
  })

  test('and without a package index uses the reference store', async ({ folder }) => {
    fakePython(folder, '3.13', pip.unreachable)
    // The fake Python is a shell script, which needs the programs in /bin.
    vi.stubEnv('PATH', `${folder}:/bin`)

    const { store, notice, stop } = await start()
    await stop()

    expect(store.name).toBe('reference')
    expect(notice).toBe(
      `${title} was replaced by the reference store, because no container runtime was found and the package index is unreachable. ${end}`,
    )
  })

  test.for<Record<string, string>>([{ CI: 'true' }, { S3_TARGET: defaultStore.name }])(
    'fails with %o',
    async (env, { folder }) => {
      await expect(start(env)).rejects.toThrow(`${title} needs Python 3.11 or later, which was not found.\nTry one of:`)

      fakePython(folder, '3.13', pip.unreachable)
      vi.stubEnv('PATH', `${folder}:/bin`)
      await expect(start(env)).rejects.toThrow(/^The package index is unreachable:\n(.*\n)+Try one of:/)
    },
  )

  test('fails with a selected Python', async ({ folder }) => {
    const python = fakePython(folder, '3.13', pip.unreachable)
    vi.stubEnv('PATH', `${folder}:/bin`)

    await expect(start({ S3_PYTHON: python })).rejects.toThrow('The package index is unreachable:')
  })

  test('fails if a package cannot be installed', async ({ folder }) => {
    fakePython(folder, '3.13', pip.lacking)
    vi.stubEnv('PATH', `${folder}:/bin`)

    await expect(start()).rejects.toThrow(/^The package index is unreachable or lacks a required package:/)
  })

  test('fails if the store does not start', async ({ folder }) => {
    fakePython(folder, '3.13')
    vi.stubEnv('PATH', `${folder}:/bin`)

    await expect(start()).rejects.toThrow(
      `${title} 4.14.0 did not start: it exited (exit code or signal: 0). Its last output:`,
    )
  })

  test('fails if another store is selected', async ({ folder: _ }) => {
    await expect(start({ S3_TARGET: 'versitygw' })).rejects.toThrow('requires Go, which was not found')
  })
})

test('a machine with containers fails if the image cannot be pulled', async ({ folder: _ }) => {
  machine.hasRuntime = true

  await expect(start({ S3_TARGET: 'localstack-container' })).rejects.toThrow('cannot be pulled: no such host')
  await expect(start()).rejects.toThrow('needs Python 3.11 or later, which was not found.\nTry one of:')
})
