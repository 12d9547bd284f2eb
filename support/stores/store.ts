import type { GenericContainer } from 'testcontainers'
import type { Credentials } from '../wire/sign'
import type { Watcher } from './install/cache'
import type { Python, Version } from './install/python'

/** The capabilities that some stores lack, each with its name in a sentence. */
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
  'second-user': 'a second user',
  proxy: 'a proxy in front of it',
  signature: 'verified signatures',
  'list-buckets': 'lists of buckets',
  'bucket-region': 'buckets with a region',
} as const
export type Capability = keyof typeof CAPABILITIES

/** The capabilities that a store lacks, each with the reason. Checks that need them are unsupported. */
export type UnsupportedCapabilities = Readonly<Partial<Record<Capability, string>>>

/** A second user, who has only the permissions of bucket policies. */
export interface SecondUser extends Credentials {
  /** The principal in policies; absent: the user in account 000000000000 whose name is the access key. */
  readonly principal?: string
}

/** A store, without its deviations, which are in the baseline `<version>.json` beside it. */
export interface Store {
  readonly name: string
  /** The name as the store's documentation spells it: `MiniStack`. */
  readonly title: string
  /** Known unsupported capabilities. A run probes an unknown store for more. */
  readonly unsupported: UnsupportedCapabilities
  /** Well-known credentials of a local store. */
  readonly credentials?: Credentials
  readonly secondUser?: SecondUser
  /** Absent if the version depends on how the store is started. */
  readonly version?: string
  /**
   * Checks whether an endpoint is this store.
   * @returns the version, `unknown` if the store does not return it, or undefined for anything else
   */
  identify?(endpoint: string): Promise<string | undefined>
  /** The host of a bucket's website endpoint. Its port is that of the store's endpoint. */
  website?(bucket: string, region: string): string
  /** How to install and start the store as a process. */
  readonly process?: ProcessStore
  /** How to start the store in a container. */
  readonly container?: ContainerStore
  /** How to start the store in a worker thread. */
  readonly thread?: ThreadStore
}

export interface ThreadStore {
  /** When loaded, starts the store on loopback and posts its endpoint to the parent thread. */
  readonly module: URL
}

export interface ContainerStore {
  /** The image with its tag. */
  readonly image: string
  /** The version of the image, for a store that does not return its version. */
  readonly version: string
  /** Port inside the container. */
  readonly port: number
  readonly environment: Readonly<Record<string, string>>
  /** Folders to create before the start. */
  readonly folders?: readonly string[]
  /** Files to create before the start, with their contents. */
  readonly files?: Readonly<Record<string, string>>
  /**
   * Loads the store's Testcontainers class, which detects when the store is ready.
   * If absent, a generic container is polled over HTTP.
   */
  loadClass?(): Promise<new (image: string) => GenericContainer>
}

export interface ProcessStore {
  /** How to get the tool that installs the store: `install Go, https://go.dev/dl`. */
  readonly remedy: string
  /** The oldest Python that can install the store; absent: the store needs no Python. */
  readonly python?: Version
  /**
   * Installs the store into the cache unless it is installed.
   * @param python the only Python to use; absent: the first suitable Python on this machine
   * @throws SetupError if something is missing, or an installer fails
   */
  install(watcher: Watcher, python?: Python): Promise<Installed>
  /** Whether the store at `endpoint` accepts S3 requests. */
  ready(endpoint: string): Promise<boolean>
}

export interface Installed {
  readonly version: string
  /** Part of the run's first line, for example why 4.13.1 runs instead of 4.14.0. */
  readonly remark?: string
  /** The capabilities that this version lacks in addition to those that every version lacks. */
  readonly unsupported?: UnsupportedCapabilities
  /** The program that starts the store on loopback with its data in `folder`. */
  command(port: number, folder: string): { file: string; args: string[]; env: Record<string, string> }
  /** Folders to create in `folder` before the start. */
  readonly folders?: readonly string[]
  /** Files to create in `folder` before the start, with their contents. */
  readonly files?: Readonly<Record<string, string>>
  /** Discards a broken installation, so that it is installed again. */
  discard(): Promise<void>
}

/**
 * Lists what a user can do if a store does not start, as lines of a message.
 * @param failed how the store was started
 */
export function alternatives({ title, name, container, process }: Store, failed: 'container' | 'process'): string {
  const docker = failed === 'container' ? `with access to ${container?.image}` : `which runs ${title} in a container`
  return [
    'Try one of:',
    ...(container ? [`start Docker, ${docker}`] : []),
    ...(process && failed === 'container' ? [`run ${title} as a process: S3_TARGET=${name}-process`] : []),
    ...(process && failed === 'process' ? [process.remedy] : []),
    'use a store that is already running: S3_ENDPOINT=http://localhost:4566',
  ].join('\n  - ')
}

/** Gets JSON from an endpoint; undefined if it does not return any within two seconds. */
export async function getJson(url: string): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
