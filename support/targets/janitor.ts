import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Target } from './target'

/** What is left behind when a run dies: a process group with its folder, a container, the buckets of a target. */
export type Watched =
  | { readonly kind: 'process'; readonly pid: number; readonly folder?: string }
  | { readonly kind: 'container'; readonly id: string }
  | { readonly kind: 'buckets'; readonly target: Target }

export interface Janitor {
  /** Has `watched` removed if this process ends without `dismiss`, however it ends. */
  watch(watched: Watched): void
  /** All was stopped regularly: the janitor goes away and removes nothing. */
  dismiss(): Promise<void>
}

const DISMISSED = '"dismissed"'

/**
 * Starts a small process that outlives this one, even a `kill -9`, and then removes what it was told to watch.
 * It listens at a pipe that the operating system closes when this process ends; what is written before it has
 * started waits in the pipe.
 */
export function startJanitor(): Janitor {
  const child = spawn(
    process.execPath,
    ['--import', createRequire(import.meta.url).resolve('tsx'), fileURLToPath(import.meta.url)],
    {
      // A group of its own, so that Ctrl-C in a terminal does not reach it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '', S3_JANITOR: 'true' },
    },
  )
  const pipe = child.stdin as Writable & { unref?: () => void }
  pipe.on('error', () => {})
  child.unref()
  pipe.unref?.()
  return {
    watch: (watched) => void pipe.write(`${JSON.stringify(watched)}\n`),
    dismiss: () =>
      new Promise((resolve) => {
        child.ref()
        child.once('exit', () => resolve())
        if (child.exitCode !== null || child.pid === undefined) resolve()
        pipe.end(`${DISMISSED}\n`)
      }),
  }
}

/** Kills a process and all that it has started; that it is gone already is fine. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function removeOne(watched: Watched): Promise<void> {
  if (watched.kind === 'process') {
    killGroup(watched.pid)
    if (watched.folder) await rm(watched.folder, { recursive: true, force: true, maxRetries: 3 })
  } else if (watched.kind === 'container') {
    const { getContainerRuntimeClient } = await import('testcontainers')
    const { container } = await getContainerRuntimeClient()
    // Docker refuses to remove a running container otherwise.
    await container.getById(watched.id).remove({ force: true, v: true })
  } else {
    const [{ connect }, { removeRunBuckets }] = await Promise.all([import('./target'), import('./buckets')])
    await removeRunBuckets(connect(watched.target), watched.target.runId)
  }
}

/** The janitor's own life: collects what to watch until the pipe closes. Buckets go first, while their store lives. */
async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  const lines = text.split('\n').filter(Boolean)
  if (lines.at(-1) === DISMISSED) return
  const watched = lines.map((line) => JSON.parse(line) as Watched)
  const order = ['buckets', 'process', 'container']
  for (const one of watched.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))) {
    await removeOne(one).catch(() => {})
  }
}

if (process.env.S3_JANITOR && process.argv[1] === fileURLToPath(import.meta.url)) await main()
