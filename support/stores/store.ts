import type { GenericContainer } from 'testcontainers'
import type { Credentials } from '../wire/sign'
import type { Watcher } from './install/cache'
import type { Python, Version } from './install/python'

/** What a behaviour can need that not every store has, and what it is called in a sentence. */
export const CAPABILITIES = {
  versioning: 'versioning',
  'suspended-versioning': 'suspended versioning',
  'list-versions': 'lists of versions',
  'list-parts': 'lists of parts',
  'bucket-policy': 'bucket policies',
  'public-access': 'public buckets',
  website: 'static websites',
  'sse-s3': 'SSE-S3',
  kms: 'SSE-KMS',
  'sse-c': 'SSE-C',
  'directory-bucket': 'directory buckets',
  'second-user': 'a second account',
  proxy: 'a proxy in front of it',
  signature: 'verified signatures',
  'list-buckets': 'lists of buckets',
  'bucket-region': 'buckets with a region',
} as const
export type Capability = keyof typeof CAPABILITIES

/** What a store lacks, each with the reason; what needs it is unsupported. */
export type UnsupportedCapabilities = Readonly<Partial<Record<Capability, string>>>

/** A second caller, who has no rights but those that the policies of buckets give. */
export interface SecondUser extends Credentials {
  /** How a policy names it; absent: as a user of the account 000000000000, by its access key. */
  readonly principal?: string
}

/** What is known of a store, apart from its deviations, which are recorded in `<version>.json` beside it. */
export interface Store {
  readonly name: string
  /** As its makers write it: `MiniStack`. */
  readonly title: string
  /** As far as it is known; of a store that is not known, a run finds out more. */
  readonly unsupported: UnsupportedCapabilities
  /** Well-known credentials of a local store. */
  readonly credentials?: Credentials
  /** Of a second caller, whom the policies of buckets bind. */
  readonly secondUser?: SecondUser
  /** The version, where it is known before the store runs and does not depend on how it does. */
  readonly version?: string
  /**
   * Asks an endpoint whether it is this store.
   * @returns the version, `unknown` where the store does not say it, or undefined for something else and for no answer
   */
  identify?(endpoint: string): Promise<string | undefined>
  /** The host name of a bucket's static website endpoint; it listens at the port of the endpoint, where there is one. */
  website?(bucket: string, region: string): string
  /** How the store is installed and started as a process of this machine. */
  readonly process?: ProcessStore
  /** How the store runs as a container. */
  readonly container?: ContainerStore
  /** How the store runs in a thread of the process that starts it. */
  readonly thread?: ThreadStore
}

export interface ThreadStore {
  /** Starts the store on loopback when it is loaded, and posts the endpoint to its parent. */
  readonly module: URL
}

export interface ContainerStore {
  /** With its tag; pinned here and nowhere else. */
  readonly image: string
  /** The image's version: a store need not say it itself. */
  readonly version: string
  /** Inside the container. */
  readonly port: number
  readonly environment: Readonly<Record<string, string>>
  /** Folders that have to be there before the start. */
  readonly folders?: readonly string[]
  /** Files that have to be there before the start, with what is in them. */
  readonly files?: Readonly<Record<string, string>>
  /**
   * The store's own class of Testcontainers, which knows when it is ready.
   * Without it, a plain container is asked over HTTP. Loaded by this function: it takes its time.
   */
  loadClass?(): Promise<new (image: string) => GenericContainer>
}

export interface ProcessStore {
  /** What a machine can do that lacks what the store is installed with, as one line: `install Go, https://go.dev/dl`. */
  readonly remedy: string
  /** The oldest Python that the store can be installed with; absent: it needs none. */
  readonly python?: Version
  /**
   * Installs the store into the cache unless it is there.
   * @param python the only one to install it with; absent: the first suitable one of this machine
   * @throws SetupError that says what is missing or went wrong
   */
  install(watcher: Watcher, python?: Python): Promise<Installed>
  /** Whether the store at `endpoint` takes S3 requests; asked again until it does. */
  ready(endpoint: string): Promise<boolean>
}

export interface Installed {
  readonly version: string
  /** Said in the run's first line, e.g. why 4.13.1 and not 4.14.0. */
  readonly remark?: string
  /** What this version lacks beside what the store lacks. */
  readonly unsupported?: UnsupportedCapabilities
  /** Program, arguments and environment that start the store on loopback with its data in `folder`. */
  command(port: number, folder: string): { file: string; args: string[]; env: Record<string, string> }
  /** Folders that have to be there in `folder` before the start. */
  readonly folders?: readonly string[]
  /** Files that have to be there in `folder`, or in one of those, before the start, with what is in them. */
  readonly files?: Readonly<Record<string, string>>
  /** Forgets the installation, so that it is made anew: it does not start. */
  discard(): Promise<void>
}

/**
 * What a user can do when a store does not start, as lines of a message.
 * @param failed the way that was tried
 */
export function waysOn({ title, name, container, process }: Store, failed: 'container' | 'process'): string {
  const docker = failed === 'container' ? `with access to ${container?.image}` : `and ${title} runs in a container`
  return [
    'Ways on:',
    ...(container ? [`start Docker, ${docker}`] : []),
    ...(process && failed === 'container' ? [`run ${title} as a process: S3_TARGET=${name}-process`] : []),
    ...(process && failed === 'process' ? [process.remedy] : []),
    'name a store that runs already: S3_ENDPOINT=http://localhost:4566',
  ].join('\n  - ')
}

/** Gets JSON from an endpoint; undefined for anything but JSON within two seconds. */
export async function getJson(url: string): Promise<Record<string, unknown> | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    return answer.ok ? ((await answer.json()) as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
