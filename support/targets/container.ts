import { existsSync } from 'node:fs'
import { connect as connectSocket } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { environment } from '../stores/localstack/store'
import { SetupError } from './errors'
import type { Janitor } from './janitor'

const PORT = 4566

const WAYS_ON = [
  'Ways on:',
  '  - start Docker, with access to the image',
  '  - run LocalStack as a process: S3_TARGET=localstack-process',
  '  - name a store that runs already: S3_ENDPOINT=http://localhost:4566',
].join('\n')

/**
 * Starts LocalStack in a container.
 * @param image with its tag
 * @param name of the container, which the janitor knows before the container exists
 * @throws SetupError without a container runtime, or without the image and a registry to get it from
 */
export async function startContainer(
  image: string,
  name: string,
  janitor: Janitor,
  log: (line: string) => void,
): Promise<{ endpoint: string; stop(): Promise<void> }> {
  if (!(await runtimeAnswers())) throw new SetupError(`No container runtime answers.\n${WAYS_ON}`)
  // The janitor removes the container however this process ends; Ryuk, which Testcontainers would start for it, is one
  // more image to have.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
  const [{ getContainerRuntimeClient, ImageName, Wait }, { LocalstackContainer }] = await Promise.all([
    import('testcontainers'),
    import('@testcontainers/localstack'),
  ])
  const runtime = await getContainerRuntimeClient().catch(({ message }: Error) => {
    throw new SetupError(`No container runtime answers: ${message}\n${WAYS_ON}`)
  })
  const imageName = ImageName.fromString(image)
  if (!(await runtime.image.exists(imageName))) {
    log(`Pulling ${image}, once …`)
    await runtime.image.pull(imageName).catch(({ message }: Error) => {
      throw new SetupError(`The image ${image} is not there and cannot be pulled: ${message}\n${WAYS_ON}`)
    })
  }
  janitor.watch({ kind: 'container', id: name })
  const container = await new LocalstackContainer(image)
    .withName(name)
    .withEnvironment(environment)
    .withWaitStrategy(
      Wait.forHttp('/_localstack/health', PORT).forResponsePredicate((body) => /"s3": *"running"/.test(body)),
    )
    .start()
  return {
    endpoint: `http://${container.getHost()}:${container.getMappedPort(PORT)}`.replace('//localhost:', '//127.0.0.1:'),
    stop: async () => void (await container.stop({ timeout: 0 })),
  }
}

/** Whether something listens where a container runtime would; Testcontainers, which knows for sure, is slow to load. */
async function runtimeAnswers(): Promise<boolean> {
  const { DOCKER_HOST, XDG_RUNTIME_DIR = '' } = process.env
  if (DOCKER_HOST) {
    const { protocol, hostname, port, pathname } = new URL(DOCKER_HOST)
    return accepts(protocol === 'unix:' ? { path: pathname } : { host: hostname, port: Number(port) || 2375 })
  }
  if (existsSync(join(homedir(), '.testcontainers.properties'))) return true
  const sockets = [
    '/var/run/docker.sock',
    join(XDG_RUNTIME_DIR, 'docker.sock'),
    join(homedir(), '.docker', 'run', 'docker.sock'),
    join(homedir(), '.docker', 'desktop', 'docker.sock'),
  ]
  const answers = await Promise.all(sockets.filter(existsSync).map((path) => accepts({ path })))
  return answers.includes(true)
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
