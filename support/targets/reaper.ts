import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Target } from './target'

/** What is left behind when a run dies: a process group, a folder, a container, the buckets of a target. */
export type Watched =
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'container'; readonly id: string }
  | { readonly kind: 'buckets'; readonly target: Target }

export interface Reaper {
  /**
   * Has `watched` removed if this process ends without `dismiss`, however it ends.
   * @returns to be called as soon as it has gone by itself; a process' number may then become another process'
   */
  watch(watched: Watched): () => void
  /** All was stopped regularly: the reaper goes away and removes nothing. */
  dismiss(): Promise<void>
}

/** The order of removal: buckets go while their store lives, a folder when nothing writes to it any more. */
const ORDER = ['buckets', 'process', 'folder', 'container']

/** What the reaper is told, a line of JSON each. */
type Told = { readonly id: number; readonly watched?: Watched } | 'dismissed'

/**
 * A small process that outlives this one, even a `kill -9`, and then removes what it was told to watch. It starts with the
 * first thing to watch, and listens at a pipe that the operating system closes when this process ends; what is written
 * before it has started waits in the pipe.
 */
export function startReaper(): Reaper {
  let running: ReturnType<typeof spawnJanitor> | undefined
  let ids = 0
  return {
    watch: (watched) => {
      running ??= spawnJanitor()
      const { tell } = running
      const id = ids++
      tell({ id, watched })
      return () => tell({ id })
    },
    dismiss: async () => running?.dismiss(),
  }
}

function spawnJanitor() {
  const child = spawn(
    process.execPath,
    ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, fileURLToPath(import.meta.url)],
    {
      // A group of its own, so that Ctrl-C in a terminal does not reach it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '', S3_JANITOR: 'true' },
    },
  )
  const pipe = child.stdin as Writable & { unref?: () => void }
  pipe.on('error', () => {})
  child.on('error', () => {})
  child.unref()
  pipe.unref?.()
  const lineOf = (told: Told) => `${JSON.stringify(told)}\n`
  return {
    tell: (told: Told) => void pipe.write(lineOf(told)),
    dismiss: () =>
      new Promise<void>((resolve) => {
        child.ref()
        child.once('exit', () => resolve())
        if (child.exitCode !== null || child.pid === undefined) resolve()
        pipe.end(lineOf('dismissed'))
      }),
  }
}

/** Kills a process and all that it has started; that it is gone already is fine. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // macOS says EPERM of a process that has ended and that nobody has waited for yet.
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
      // Docker refuses to remove a running container otherwise.
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

/** What has to go of what a reaper was told, in the order of removal; a last line that was cut off counts not. */
export function leftOf(text: string): Watched[] {
  const left = new Map<number, Watched>()
  for (const line of text.split('\n').slice(0, -1)) {
    const told = JSON.parse(line) as Told
    if (told === 'dismissed') return []
    if (told.watched) left.set(told.id, told.watched)
    else left.delete(told.id)
  }
  return [...left.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

/** The reaper's own life: collects what to watch until the pipe closes, and then removes it. */
async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  for (const watched of leftOf(text)) await removeOne(watched).catch(() => {})
}

if (process.env.S3_JANITOR && process.argv[1] === fileURLToPath(import.meta.url)) await main()
