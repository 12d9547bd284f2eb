import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../errors'
import type { Python } from '../stores/install/python'
import { type Installed, type ProcessStore, type Store, type UnsupportedCapabilities, waysOn } from '../stores/store'
import { redact } from '../wire/redact'
import { killGroup, type Reaper } from './reaper'

const READY_MS = 60_000
const POLL_MS = 50

/** What of this process' environment a store gets; the user's AWS credentials are no business of it. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'SYSTEMROOT', 'USERPROFILE']

/** The store could not be started for want of something in its installation. */
const BROKEN = /No module named|ImportError|cannot import|spawn .* (ENOENT|EACCES)/

/** A store that was started here, and takes requests. */
export interface Started {
  readonly endpoint: string
  readonly version: string
  /** Said in the run's first line. */
  readonly remark?: string
  /** What this version lacks beside what the store lacks. */
  readonly unsupported?: UnsupportedCapabilities
  /** Ends the store and removes all that it has left. */
  stop(): Promise<void>
}

/**
 * Installs a store if need be and starts it on a free port of loopback, with a data folder of its own. An installation
 * that turns out to be broken is made anew, once.
 * @param log gets the progress of an installation
 * @param python the only one to install it with
 * @throws SetupError when the store cannot be installed, with the ways on, or does not become ready, with what it said
 * last
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
      throw new SetupError(`${error.message}\n${waysOn(store, 'process')}`, error.missing)
    })
  const installed = await install()
  try {
    return await start(title, runnable, installed, reaper)
  } catch (error) {
    if (!(error instanceof SetupError) || !BROKEN.test(error.message)) throw error
    log(`The installation of ${title} ${installed.version} is broken and is made anew.`)
    await installed.discard()
    // It was there and did not start, so that whatever is missing now is not all that is wrong.
    const anew = await install().catch((again) => {
      throw again instanceof SetupError ? new SetupError(`${error.message}\n${again.message}`) : again
    })
    return start(title, runnable, anew, reaper)
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
    // What answers at the port of a store that has ended meanwhile is another store.
    if (ready && child.ended() === undefined) {
      const { version, remark, unsupported } = installed
      return { endpoint, version, remark, unsupported, stop }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  const said = redact((await readFile(output, 'utf8')).trim().split('\n').slice(-8).join('\n'))
  const why = child.ended() ?? `not ready after ${READY_MS / 1000} s`
  await stop()
  throw new SetupError(`${title} ${installed.version} did not start: ${why}. It said last:\n${said}`)
}

/**
 * Starts a program whose output goes into a file.
 * @returns `kill` ends it with all that it has started; `ended` says how it has ended, undefined while it runs
 */
async function spawnInto(
  output: string,
  { file, args, env }: ReturnType<Installed['command']>,
  cwd: string,
  reaper: Reaper,
): Promise<{ kill(): void; ended(): string | undefined }> {
  const log = await open(output, 'w')
  const inherited = INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  // A group of its own, so that Ctrl-C reaches the run first and the store is stopped with all that it has started.
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
    // Once its process has ended, a group's number may be given to another one.
    if (pid !== undefined && ended === undefined) killGroup(pid)
  }
  child.on('error', ({ message }) => (ended ??= message))
  child.on('exit', (code, signal) => {
    kill()
    unwatch()
    ended = `it ended with ${signal ?? code}`
  })
  await log.close()
  child.unref()
  return { kill, ended: () => ended }
}

/** A port that nobody listens at; loopback only. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
