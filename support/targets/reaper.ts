import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Target } from './target'

/**
 * Something that a run leaves behind if it dies: a process group, a folder, a container, or the buckets in a target.
 */
export type Watched =
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'container'; readonly id: string }
  | { readonly kind: 'buckets'; readonly target: Target }

export interface Reaper {
  /**
   * Removes `watched` if this process exits, for whatever reason, without calling `dismiss`.
   * @returns a function to call once `watched` no longer exists, because the id of a process can then be reused
   */
  watch(watched: Watched): () => void
  /** Stops the reaper when the run ends regularly, so that it removes nothing. */
  dismiss(): Promise<void>
}

/** The order of removal: buckets while their store is still running, and a folder once nothing writes to it. */
const ORDER = ['buckets', 'process', 'folder', 'container']

/** A message to the reaper, sent as a line of JSON. */
type Message = { readonly id: number; readonly watched?: Watched } | 'dismissed'

/**
 * Starts a process that outlives this one, even after `kill -9`, and then removes everything that it watches. The first
 * call to `watch` starts the process. It reads messages from a pipe, which the operating system closes when this
 * process exits.
 */
export function startReaper(): Reaper {
  let running: ReturnType<typeof spawnReaper> | undefined
  let ids = 0
  return {
    watch: (watched) => {
      running ??= spawnReaper()
      const { send } = running
      const id = ids++
      send({ id, watched })
      return () => send({ id })
    },
    dismiss: async () => running?.dismiss(),
  }
}

function spawnReaper() {
  const child = spawn(
    process.execPath,
    ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, fileURLToPath(import.meta.url)],
    {
      // The reaper gets its own process group so that Ctrl-C in a terminal does not reach it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '', S3CR_REAPER: 'true' },
    },
  )
  const pipe = child.stdin as Writable & { unref?: () => void }
  pipe.on('error', () => {})
  child.on('error', () => {})
  child.unref()
  pipe.unref?.()
  const lineOf = (message: Message) => `${JSON.stringify(message)}\n`
  return {
    send: (message: Message) => void pipe.write(lineOf(message)),
    dismiss: () =>
      new Promise<void>((resolve) => {
        child.ref()
        child.once('exit', () => resolve())
        if (child.exitCode !== null || child.pid === undefined) resolve()
        pipe.end(lineOf('dismissed'))
      }),
  }
}

/** Kills a process and its children, unless they have already exited. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // macOS returns EPERM for a process that has exited but has not been waited for.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

async function removeOne(watched: Watched): Promise<void> {
  switch (watched.kind) {
    case 'process':
      return killGroup(watched.pid)
    case 'folder':
      return rm(watched.path, { recursive: true, force: true, maxRetries: 3 })
    case 'container': {
      const { getContainerRuntimeClient } = await import('testcontainers')
      const { container } = await getContainerRuntimeClient()
      // Without `force`, Docker does not remove a running container.
      return container.getById(watched.id).remove({ force: true, v: true })
    }
    case 'buckets': {
      const [{ connect, PATIENT }, { removeRunBuckets }, { hasDirectoryBuckets }] = await Promise.all([
        import('./target'),
        import('./buckets'),
        import('./directory-buckets'),
      ])
      const { target } = watched
      await removeRunBuckets(connect(target, PATIENT), target.runId, hasDirectoryBuckets(target))
    }
  }
}

/**
 * Returns what is left to remove according to the messages, in the order of removal. Ignores an incomplete last line.
 */
export function leftOf(text: string): Watched[] {
  const left = new Map<number, Watched>()
  for (const line of text.split('\n').slice(0, -1)) {
    const message = JSON.parse(line) as Message
    if (message === 'dismissed') return []
    if (message.watched) left.set(message.id, message.watched)
    else left.delete(message.id)
  }
  return [...left.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

/** Runs the reaper: reads messages until the pipe closes, then removes what is left. */
async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  for (const watched of leftOf(text)) await removeOne(watched).catch(() => {})
}

if (process.env.S3CR_REAPER && process.argv[1] === fileURLToPath(import.meta.url)) await main()
