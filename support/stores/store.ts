import type { GenericContainer } from 'testcontainers'
import type { Credentials } from '../wire/sign'
import type { Watcher } from './install/cache'
import type { Python, Version } from './install/python'

/** Maps each capability that some stores lack to its name in the output. */
export const CAPABILITIES = {
  versioning: 'versioning',
  'suspended-versioning': 'suspended versioning',
  'list-versions': 'version listings',
  'list-parts': 'part listings',
  'bucket-policy': 'bucket policies',
  'public-access': 'public buckets',
  website: 'static websites',
  'sse-s3': 'SSE-S3',
  kms: 'SSE-KMS',
  'sse-c': 'SSE-C',
  'directory-bucket': 'directory buckets',
  'second-user': 'requests by a second user',
  proxy: 'proxies in front of the store',
  signature: 'signature verification',
  'list-buckets': 'bucket listings',
  'bucket-region': 'buckets outside us-east-1',
} as const
export type Capability = keyof typeof CAPABILITIES

/** Maps each capability that a store lacks to an explanation. A check that needs such a capability is unsupported. */
export type UnsupportedCapabilities = Readonly<Partial<Record<Capability, string>>>

/** A second user, whose only permissions come from bucket policies. */
interface SecondUser extends Credentials {
  /**
   * The principal that identifies this user in bucket policies. If absent, the principal is the user in account
   * 000000000000 that is named after the access key id.
   */
  readonly principal?: string
}

/**
 * A store that the suite can run against. A version's known deviations are in the baseline `<version>.json` in the
 * store's folder.
 */
export interface Store {
  readonly name: string
  /** The name as the store's documentation spells it: `MiniStack`. */
  readonly title: string
  /**
   * The capabilities that the store is known to lack. If the store is already running at an endpoint, the run also
   * probes the remaining capabilities.
   */
  readonly unsupported: UnsupportedCapabilities
  /** The publicly known default credentials of a local store. */
  readonly credentials?: Credentials
  readonly secondUser?: SecondUser
  /** Absent if the version depends on how the store is started. */
  readonly version?: string
  /**
   * Checks whether this store is running at an endpoint.
   * @returns the version, `unknown` if this store does not return its version, or undefined if this store is not
   * running at the endpoint
   */
  identify?(endpoint: string): Promise<string | undefined>
  /** Returns the host of a bucket's website endpoint, which uses the same port as the store's endpoint. */
  website?(bucket: string, region: string): string
  readonly process?: ProcessStore
  readonly container?: ContainerStore
  readonly thread?: ThreadStore
}

interface ThreadStore {
  /** A module that, when loaded, starts the store on loopback and posts the store's endpoint to the parent thread. */
  readonly module: URL
}

/**
 * The folders and files to create before the store starts. The paths are absolute for a container, and relative to the
 * data folder for a process.
 */
interface Prepared {
  readonly folders?: readonly string[]
  /** Maps the path of each file to its contents. */
  readonly files?: Readonly<Record<string, string>>
}

export interface ContainerStore extends Prepared {
  /** The image, including its tag. */
  readonly image: string
  /** The version of the store in the image, used if the running store does not return its version. */
  readonly version: string
  /** The port on which the store listens inside the container. */
  readonly port: number
  readonly environment: Readonly<Record<string, string>>
  /**
   * Loads the store's Testcontainers class, which detects when the store is ready. If absent, a generic container is
   * polled over HTTP.
   */
  loadClass?(): Promise<new (image: string) => GenericContainer>
}

export interface ProcessStore {
  /** Tells users how to get the tool that installs the store, for example `install Go from https://go.dev/dl`. */
  readonly remedy: string
  /** The oldest Python version with which the store can be installed. Absent if the store does not need Python. */
  readonly python?: Version
  /**
   * Installs the store into the cache unless it is already installed.
   * @param python the only interpreter to use; if omitted, the first suitable one on this machine is used
   * @throws SetupError if a required tool is missing or an installer fails
   */
  install(watcher: Watcher, python?: Python): Promise<Installed>
  /** Whether the store at `endpoint` accepts S3 requests. */
  ready(endpoint: string): Promise<boolean>
}

export interface Installed extends Prepared {
  readonly version: string
  /**
   * A remark for the first line of the run's output, for example `version 4.13.1, because 4.14.0 needs Python 3.13`.
   */
  readonly remark?: string
  /** The capabilities that this version lacks in addition to those in `Store.unsupported`. */
  readonly unsupported?: UnsupportedCapabilities
  /** Returns the command that starts the store on loopback, with its data in `folder`. */
  command(port: number, folder: string): { file: string; args: string[]; env: Record<string, string> }
  /** Marks a broken installation as incomplete, so that the store is installed again. */
  discard(): Promise<void>
}

/**
 * Returns the last part of an error message: a list of what a user can do if a store does not start.
 * @param failed the way in which the run tried to start the store
 */
export function alternatives({ title, name, container, process }: Store, failed: 'container' | 'process'): string {
  const docker =
    failed === 'container' ? `which must be able to pull ${container?.image}` : `which runs ${title} in a container`
  return [
    'Try one of:',
    ...(container ? [`start Docker, ${docker}`] : []),
    ...(process && failed === 'container' ? [`run ${title} as a process: S3_TARGET=${name}-process`] : []),
    ...(process && failed === 'process' ? [process.remedy] : []),
    'use a store that is already running: S3_ENDPOINT=http://localhost:4566',
  ].join('\n  - ')
}

/** Fetches JSON from a URL. Returns undefined if the request fails or takes longer than two seconds. */
export async function getJson(url: string): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
