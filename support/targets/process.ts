import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../errors'
import type { Python } from '../stores/install/python'
import { alternatives, type Installed, type ProcessStore, type Store } from '../stores/store'
import { listenOnLoopback } from '../wire/loopback'
import { redact } from '../wire/redact'
import { killGroup, type Reaper } from './reaper'

const READY_MS = 60_000
const POLL_MS = 50

/** The environment variables that a store inherits from this process. They include no AWS credentials. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'SYSTEMROOT', 'USERPROFILE']

/** Matches the error message of a store that did not start because its installation is broken. */
const BROKEN = /No module named|ImportError|cannot import|spawn .* (ENOENT|EACCES)/

/** A store that this process has started and that accepts requests. */
export interface Started extends Pick<Installed, 'version' | 'remark' | 'unsupported'> {
  readonly endpoint: string
  /** Stops the store and removes everything that the store leaves behind. */
  stop(): Promise<void>
}

/**
 * Installs a store if necessary and starts it on a free loopback port, with a new data folder. If the installation is
 * broken, reinstalls the store and tries once more.
 * @param log is called with progress messages during an installation
 * @param python the only Python interpreter that may be used for the installation; any suitable one if omitted
 * @throws SetupError if the store cannot be installed (the message lists alternatives) or does not become ready (the
 * message contains the store's last output)
 */
export async function startProcess(
  store: Store,
  reaper: Reaper,
  log: (line: string) => void,
  python?: Python,
): Promise<Started> {
  const { process: runnable, title } = store
  if (!runnable) throw new SetupError(`${title} cannot be started as a process.`)
  const watcher = { log, watch: (pid: number) => reaper.watch({ kind: 'process', pid }) }
  const install = () =>
    runnable.install(watcher, python).catch((error) => {
      if (!(error instanceof SetupError)) throw error
      throw new SetupError(`${error.message}\n${alternatives(store, 'process')}`, error.missing)
    })
  const installed = await install()
  try {
    return await start(title, runnable, installed, reaper)
  } catch (error) {
    if (!(error instanceof SetupError) || !BROKEN.test(error.message)) throw error
    log(`The installation of ${title} ${installed.version} is broken. Installing it again …`)
    await installed.discard()
    // The new error has no `missing` property, because the software is installed but broken.
    const reinstalled = await install().catch((again) => {
      throw again instanceof SetupError ? new SetupError(`${error.message}\n${again.message}`) : again
    })
    return start(title, runnable, reinstalled, reaper)
  }
}

async function start(title: string, runnable: ProcessStore, installed: Installed, reaper: Reaper): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-'))
  const unwatch = reaper.watch({ kind: 'folder', path: folder })
  for (const name of installed.folders ?? []) await mkdir(join(folder, name))
  for (const [name, content] of Object.entries(installed.files ?? {})) await writeFile(join(folder, name), content)
  const port = await freePort()
  const output = join(folder, 'output.log')
  const child = await spawnInto(output, installed.command(port, folder), folder, reaper)
  const stop = async () => {
    child.kill()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    unwatch()
  }
  const endpoint = `http://127.0.0.1:${port}`
  const deadline = Date.now() + READY_MS
  while (child.ended() === undefined && Date.now() < deadline) {
    const ready = await runnable.ready(endpoint)
    // If the store has exited, the response came from another server that uses the same port.
    if (ready && child.ended() === undefined) {
      const { version, remark, unsupported } = installed
      return { endpoint, version, remark, unsupported, stop }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  const lastOutput = redact((await readFile(output, 'utf8')).trim().split('\n').slice(-8).join('\n'))
  const why = child.ended() ?? `not ready after ${READY_MS / 1000} s`
  await stop()
  throw new SetupError(`${title} ${installed.version} did not start: ${why}. Its last output:\n${lastOutput}`)
}

/**
 * Starts a program and writes its output to a file.
 * @returns `kill`, which kills the program and its children, and `ended`, which returns a description of how the
 * program exited, or undefined while the program is running
 */
async function spawnInto(
  output: string,
  { file, args, env }: ReturnType<Installed['command']>,
  cwd: string,
  reaper: Reaper,
): Promise<{ kill(): void; ended(): string | undefined }> {
  const log = await open(output, 'w')
  const inherited = INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  // The store gets its own process group, so that Ctrl-C does not kill the store. The run stops the whole group itself.
  const child = spawn(file, args, {
    detached: true,
    cwd,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...Object.fromEntries(inherited), ...env },
  })
  let ended: string | undefined
  const { pid } = child
  const unwatch = pid === undefined ? () => {} : reaper.watch({ kind: 'process', pid })
  const kill = () => {
    // Do not kill the process group again after its leader has exited, because the group's id may have been reused.
    if (pid !== undefined && ended === undefined) killGroup(pid)
  }
  child.on('error', ({ message }) => (ended ??= message))
  child.on('exit', (code, signal) => {
    kill()
    unwatch()
    ended = `it exited (exit code or signal: ${signal ?? code})`
  })
  await log.close()
  child.unref()
  return { kill, ended: () => ended }
}

async function freePort(): Promise<number> {
  const { endpoint, close } = await listenOnLoopback(() => {})
  await close()
  return Number(new URL(endpoint).port)
}
