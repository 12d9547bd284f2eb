import type { ContainerRuntimeClient, GenericContainer } from 'testcontainers'
import { SetupError } from '../errors'
import { alternatives, type ContainerStore, type Store } from '../stores/store'
import { redact } from '../wire/redact'
import type { Started } from './process'
import type { Reaper } from './reaper'
import { within } from './within'

const RUNTIME_MS = 5_000
const READY_MS = 30_000
const POLL_MS = 50

/**
 * Starts a store in a container. If the container runtime is local, the store's port is bound to loopback only.
 * @param name the container's name, which is passed to the reaper before the container exists
 * @param log is called with a progress message if the image has to be pulled
 * @throws SetupError if there is no container runtime, the image cannot be pulled, or the store does not start. The
 * first line of the error message is the reason, and the other lines list alternatives.
 */
export async function startContainer(
  store: Store,
  name: string,
  reaper: Reaper,
  log: (line: string) => void,
): Promise<Started> {
  const { container } = store
  if (!container) throw new SetupError(`${store.title} cannot be started in a container.`)
  try {
    const runtime = await findRuntime()
    await pull(runtime, container.image, log)
    const unwatch = reaper.watch({ kind: 'container', id: name })
    const stop = async () => {
      await runtime.container.getById(name).remove({ force: true, v: true })
      unwatch()
    }
    try {
      const endpoint = await run(runtime, store, container, name)
      const identified = await store.identify?.(endpoint)
      const version = !identified || identified === 'unknown' ? container.version : identified
      return { endpoint, version, stop }
    } catch (error) {
      await stop().catch(() => {})
      throw because(`The store did not start in a container from the image ${container.image}`, error)
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    throw new SetupError(`${error.message}\n${alternatives(store, 'container')}`, error.missing)
  }
}

async function findRuntime(): Promise<ContainerRuntimeClient> {
  // Ryuk, the reaper of Testcontainers, is disabled, because it would need another image. The suite's own reaper
  // removes the container no matter how this process exits.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
  const { DOCKER_HOST } = process.env
  const { getContainerRuntimeClient } = await import('testcontainers')
  // The error from Testcontainers is ignored, because it lists every place where Testcontainers searched for a runtime
  // but does not say why the search failed.
  const runtime = await within(RUNTIME_MS, getContainerRuntimeClient()).catch(() => undefined)
  if (runtime) return runtime
  const where = DOCKER_HOST ? ` at DOCKER_HOST=${redact(DOCKER_HOST)}` : ''
  throw new SetupError(`No container runtime was found${where}`, 'container runtime')
}

async function pull(runtime: ContainerRuntimeClient, image: string, log: (line: string) => void): Promise<void> {
  const { ImageName } = await import('testcontainers')
  const name = ImageName.fromString(image)
  if (await runtime.image.exists(name)) return
  log(`Pulling ${image} for the first run …`)
  const missing = `The image ${image} cannot be pulled`
  await runtime.image.pull(name).catch((error) => {
    throw because(missing, error)
  })
  // The pull method does not throw if the pull is interrupted.
  if (!(await runtime.image.exists(name))) throw new SetupError(missing)
}

/** Starts the container, waits until the store in it is ready, and returns the store's endpoint. */
async function run(
  { info }: ContainerRuntimeClient,
  store: Store,
  { image, port, environment, folders = [], files = {}, loadClass }: ContainerStore,
  name: string,
): Promise<string> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const Container: new (image: string) => GenericContainer = (await loadClass?.()) ?? GenericContainer
  class LoopbackContainer extends Container {
    protected override async beforeContainerCreated(): Promise<void> {
      await super.beforeContainerCreated?.()
      if (info.containerRuntime.host !== 'localhost') return
      this.hostConfig.PortBindings = { [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '0' }] }
    }
  }
  const container = new LoopbackContainer(image).withName(name).withEnvironment(environment)
  if (!loadClass) {
    // Accepts any status code, because untilReady polls the store afterwards.
    container.withExposedPorts(port).withWaitStrategy(Wait.forHttp('/', port).forStatusCodeMatching(() => true))
  }
  const kept = folders.map((folder) => ({ content: '', target: `${folder}/.keep` }))
  const copied = [...kept, ...Object.entries(files).map(([target, content]) => ({ content, target }))]
  if (copied.length > 0) container.withCopyContentToContainer(copied)
  const started = await container.start()
  const host = started.getHost().replace('localhost', '127.0.0.1')
  const endpoint = `http://${host}:${started.getMappedPort(port)}`
  await untilReady(store, endpoint)
  return endpoint
}

async function untilReady(store: Store, endpoint: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  while (!(await store.process?.ready(endpoint))) {
    if (Date.now() > deadline) throw new Error(`the store did not respond at ${endpoint} within ${READY_MS / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

function because(what: string, error: unknown): SetupError {
  return new SetupError(`${what}: ${(error as Error).message.split('\n')[0]?.trim()}`)
}
