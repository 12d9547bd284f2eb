import { beforeEach, expect, test, vi } from 'vitest'
import type { Store } from '../stores/store'
import { startContainer } from './container'

const runtime = vi.hoisted(() => ({
  connects: async (): Promise<void> => {},
  hasImage: async (): Promise<boolean> => true,
  pulls: async (): Promise<void> => {},
  starts: async (): Promise<object> => ({}),
}))

vi.mock('testcontainers', () => {
  class GenericContainer {
    withName = () => this
    withEnvironment = () => this
    withExposedPorts = () => this
    withWaitStrategy = () => this
    start = () => runtime.starts()
  }
  return {
    GenericContainer,
    ImageName: { fromString: (name: string) => name },
    Wait: { forHttp: () => ({ forStatusCodeMatching: () => ({}) }) },
    getContainerRuntimeClient: async () => {
      await runtime.connects()
      return {
        info: { containerRuntime: { host: 'localhost' } },
        image: { exists: () => runtime.hasImage(), pull: () => runtime.pulls() },
        container: { getById: () => ({ remove: async () => {} }) },
      }
    },
  }
})

const container = { image: 'fake:1.0', version: '1.0', port: 80, environment: {} }
const store: Store = { name: 'fake', title: 'Fake', unsupported: {}, container }
const reaper = { watch: () => () => {}, dismiss: async () => {} }
const start = (of = store) => startContainer(of, 's3cr-fake', reaper, () => {})
const fails = (message: string) => () => Promise.reject(new Error(message))

beforeEach(() => {
  vi.unstubAllEnvs()
  Object.assign(runtime, { connects: async () => {}, hasImage: async () => true, pulls: async () => {} })
})

test('a missing container runtime is reported', async () => {
  vi.stubEnv('DOCKER_HOST', undefined)
  runtime.connects = fails('Could not find a working container runtime strategy')

  await expect(start()).rejects.toMatchObject({
    name: 'SetupError',
    message: expect.stringMatching(/^No container runtime was found\nTry one of:\n/),
    missing: 'container runtime',
  })
})

test('an image that cannot be pulled causes an error', async () => {
  Object.assign(runtime, { hasImage: async () => false, pulls: fails('no such host') })

  await expect(start()).rejects.toMatchObject({
    name: 'SetupError',
    message: expect.stringMatching(/^The image fake:1\.0 cannot be pulled: no such host\n/),
    missing: undefined,
  })
})

test('a container that does not start causes an error', async () => {
  runtime.starts = fails('port is already allocated')

  await expect(start()).rejects.toMatchObject({
    name: 'SetupError',
    message: expect.stringMatching(
      /^The store did not start in a container from the image fake:1\.0: port is already allocated\n/,
    ),
    missing: undefined,
  })
})

test('a container that never becomes ready causes an error', async ({ onTestFinished }) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  runtime.starts = async () => ({ getHost: () => 'localhost', getMappedPort: () => 9 })
  const ready = async () => {
    vi.setSystemTime(Date.now() + 31_000)
    return false
  }
  const install = () => Promise.reject(new Error('not installed'))

  await expect(start({ ...store, process: { remedy: '', install, ready } })).rejects.toMatchObject({
    name: 'SetupError',
    message: expect.stringContaining('the store did not respond at http://127.0.0.1:9 within 30 s'),
    missing: undefined,
  })
})
