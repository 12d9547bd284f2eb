import { existsSync } from 'node:fs'
import { connect as connectSocket } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { GenericContainer } from 'testcontainers'
import { redact, SetupError } from '../errors'
import type { Store } from '../stores/store'
import type { Janitor } from './janitor'

const READY_MS = 30_000
const POLL_MS = 50

const WAYS_ON = [
  'Ways on:',
  '  - start Docker, with access to the image',
  '  - run LocalStack as a process: S3_TARGET=localstack-process',
  '  - name a store that runs already: S3_ENDPOINT=http://localhost:4566',
].join('\n')

/**
 * Starts a store in a container.
 * @param name of the container, which the janitor knows before the container exists
 * @throws SetupError without a container runtime, without the image and a registry to get it from, or when the store
 * does not come up; its first line says why, the others the ways on
 */
export async function startContainer(
  store: Store,
  name: string,
  janitor: Janitor,
  log: (line: string) => void,
): Promise<{ endpoint: string; stop(): Promise<void> }> {
  if (!store.container) throw new SetupError(`${store.title} cannot be started in a container.`)
  const { image, port, environment, folders = [] } = store.container
  await checkRuntimeAnswers()
  // The janitor removes the container however this process ends; Ryuk, which Testcontainers would start for it, is one
  // more image to have.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
  const [{ GenericContainer, getContainerRuntimeClient, ImageName, Wait }, { LocalstackContainer }] = await Promise.all(
    [import('testcontainers'), import('@testcontainers/localstack')],
  )
  const runtime = await getContainerRuntimeClient().catch(refuse('No container runtime answers'))
  const imageName = ImageName.fromString(image)
  if (!(await runtime.image.exists(imageName))) {
    log(`Pulling ${image}, once …`)
    const missing = `The image ${image} is not there and cannot be pulled`
    await runtime.image.pull(imageName).catch(refuse(missing))
    // A pull that fails half-way ends as if it had not.
    if (!(await runtime.image.exists(imageName))) refuse(missing)()
  }

  const Container: new (image: string) => GenericContainer =
    store.name === 'localstack' ? LocalstackContainer : GenericContainer
  class LoopbackContainer extends Container {
    protected override async beforeContainerCreated(): Promise<void> {
      await super.beforeContainerCreated?.()
      if (runtime.info.containerRuntime.host !== 'localhost') return
      this.hostConfig.PortBindings = { [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '0' }] }
    }
  }

  janitor.watch({ kind: 'container', id: name })
  const stop = async () => {
    await runtime.container.getById(name).remove({ force: true, v: true })
  }
  try {
    const container = new LoopbackContainer(image).withName(name).withEnvironment(environment)
    if (store.name !== 'localstack') {
      // Any answer will do: whether the store is ready is asked below.
      container.withExposedPorts(port).withWaitStrategy(Wait.forHttp('/', port).forStatusCodeMatching(() => true))
    }
    if (folders.length > 0) {
      container.withCopyContentToContainer(folders.map((folder) => ({ content: '', target: `${folder}/.keep` })))
    }
    const started = await container.start()
    const host = started.getHost().replace('localhost', '127.0.0.1')
    const endpoint = `http://${host}:${started.getMappedPort(port)}`
    await untilReady(store, endpoint)
    return { endpoint, stop }
  } catch (error) {
    await stop().catch(() => {})
    return refuse(`The container of ${image} did not start`)(error as Error)
  }
}

function refuse(what: string): (error?: Error) => never {
  return (error) => {
    throw new SetupError(`${what}${error ? `: ${error.message.split('\n')[0]?.trim()}` : ''}\n${WAYS_ON}`)
  }
}

async function untilReady(store: Store, endpoint: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  while (!(await store.process?.ready(endpoint))) {
    if (Date.now() > deadline) throw new Error(`no S3 at ${endpoint} after ${READY_MS / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** Looks whether something listens where a runtime would; Testcontainers, which knows for sure, is slow to load. */
async function checkRuntimeAnswers(): Promise<void> {
  const { DOCKER_HOST, XDG_RUNTIME_DIR = '' } = process.env
  if (DOCKER_HOST) {
    if (!(await acceptsAt(DOCKER_HOST))) refuse(`No container runtime answers at DOCKER_HOST=${redact(DOCKER_HOST)}`)()
    return
  }
  if (existsSync(join(homedir(), '.testcontainers.properties'))) return
  const sockets = [
    '/var/run/docker.sock',
    join(XDG_RUNTIME_DIR, 'docker.sock'),
    join(homedir(), '.docker', 'run', 'docker.sock'),
    join(homedir(), '.docker', 'desktop', 'docker.sock'),
    join('/run', 'user', `${process.getuid?.()}`, 'docker.sock'),
  ]
  const answers = await Promise.all(sockets.filter((path) => existsSync(path)).map((path) => accepts({ path })))
  if (!answers.includes(true)) refuse('No container runtime answers')()
}

async function acceptsAt(dockerHost: string): Promise<boolean> {
  if (!URL.canParse(dockerHost)) return false
  const { hostname, port, pathname } = new URL(dockerHost)
  return accepts(hostname ? { host: hostname, port: Number(port) || 2375 } : { path: pathname })
}

function accepts(where: { path: string } | { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket({ ...where, timeout: 1_000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false))
  })
}
