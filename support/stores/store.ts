import type { Watcher } from '../install/cache'
import type { Target } from '../targets/target'

/** What a behaviour can need that not every store has. */
export type Capability = 'website' | 'directory-bucket' | 'bucket-policy'

/** What is known of a store, apart from its deviations, which are recorded in `<version>.json` beside it. */
export interface Store {
  readonly name: string
  /** As its makers write it: `LocalStack`. */
  readonly title: string
  /** Capabilities the store lacks, each with the reason; behaviours that need one are not applicable. */
  readonly lacks: Partial<Record<Capability, string>>
  /** Well-known credentials of a local store. */
  readonly credentials?: NonNullable<Target['credentials']>
  /**
   * Asks an endpoint whether it is this store.
   * @returns the version, `unknown` where the store does not say it, or undefined for something else
   */
  identify?(endpoint: string): Promise<string | undefined>
  /** How the store is installed and started as a process of this machine. */
  readonly process?: ProcessStore
  /** How the store runs as a container. */
  readonly container?: ContainerStore
}

export interface ContainerStore {
  /** With its tag; pinned here and nowhere else. */
  readonly image: string
  /** Inside the container. */
  readonly port: number
  readonly environment: Readonly<Record<string, string>>
  /** Folders that have to be there before the start. */
  readonly folders?: readonly string[]
}

export interface ProcessStore {
  /**
   * Installs the store into the cache unless it is there.
   * @throws SetupError when something is missing, with the ways on
   */
  install(watcher: Watcher): Promise<Installed>
  /** Whether the store at `endpoint` takes S3 requests; asked again until it does. */
  ready(endpoint: string): Promise<boolean>
}

export interface Installed {
  readonly version: string
  /** Said in the run's first line, e.g. why 4.13.1 and not 4.14.0. */
  readonly remark?: string
  /** Program, arguments and environment that start the store on loopback with its data in `folder`. */
  command(port: number, folder: string): { file: string; args: string[]; env: Record<string, string> }
  /** Folders that have to be there in `folder` before the start. */
  readonly folders?: readonly string[]
  /** Forgets the installation, so that it is made anew: it does not start. */
  discard(): Promise<void>
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
