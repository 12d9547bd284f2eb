import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Target } from './target'

/** Something that would remain if a run died: a process group, a folder, a container, or the run's buckets. */
export type Watched =
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'container'; readonly id: string }
  | { readonly kind: 'buckets'; readonly target: Target }

export interface Reaper {
  /**
   * Makes the reaper remove `watched` if this process exits, for whatever reason, without calling `dismiss`.
   * @returns a function to call once `watched` no longer exists. Without this call, the reaper could kill a later
   * process with the same id.
   */
  watch(watched: Watched): () => void
  /** Stops the reaper without removing anything. Called when a run ends normally. */
  dismiss(): Promise<void>
}

/**
 * The order of removal. Buckets can be removed only while their store is running, and a folder only after the process
 * that writes to it has been killed.
 */
const ORDER = ['buckets', 'process', 'folder', 'container']

/**
 * A message to the reaper, sent as one line of JSON. The reaper watches `watched` until it receives a message with the
 * same `id` but without `watched`.
 */
type Message = { readonly id: number; readonly watched?: Watched } | 'dismissed'

/**
 * Returns a reaper: a separate process that waits until this process exits or is killed, even with `kill -9`, and then
 * removes everything that the reaper is watching. The first call to `watch` starts the reaper. The reaper reads
 * messages from a pipe, which the operating system closes when this process exits.
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

/** Kills the process group `pid`. Does nothing if all its processes have already exited. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // On macOS, `kill` fails with EPERM for a zombie process.
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
 * Returns what the reaper still has to remove, in the order of removal. Ignores an incomplete last line.
 * @param text the messages that the reaper has received
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
