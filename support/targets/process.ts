import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redact, SetupError } from '../errors'
import type { Installed, ProcessStore, Store } from '../stores/store'
import { type Janitor, killGroup } from './janitor'

const READY_MS = 60_000
const POLL_MS = 50

/** What of this process' environment a store gets; the user's AWS credentials are no business of it. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'SYSTEMROOT', 'USERPROFILE']

export interface Started {
  readonly endpoint: string
  readonly version: string
  readonly remark?: string
  stop(): Promise<void>
}

/**
 * Installs a store if need be and starts it on a free port of loopback, with a data folder of its own.
 * @param log gets the progress of an installation
 * @throws SetupError when the store cannot be installed or does not become ready, with what it said last
 */
export async function startProcess(store: Store, janitor: Janitor, log: (line: string) => void): Promise<Started> {
  const { process: runnable } = store
  if (!runnable) throw new SetupError(`${store.title} cannot be started as a process.`)
  const watcher = { log, watch: (pid: number) => janitor.watch({ kind: 'process', pid }) }
  const installed = await runnable.install(watcher)
  try {
    return await start(store.title, runnable, installed, janitor)
  } catch (error) {
    if (!(error instanceof SetupError) || !/No module named|ImportError|cannot import/.test(error.message)) throw error
    log(`The installation of ${store.title} ${installed.version} is broken and is made anew.`)
    await installed.discard()
    return start(store.title, runnable, await runnable.install(watcher), janitor)
  }
}

async function start(title: string, runnable: ProcessStore, installed: Installed, janitor: Janitor): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-'))
  for (const name of installed.folders ?? []) await mkdir(join(folder, name))
  const port = await freePort()
  const { file, args, env } = installed.command(port, folder)
  const output = join(folder, 'output.log')
  const log = await open(output, 'w')
  const inherited = INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  // A group of its own, so that Ctrl-C reaches the run first and the store is stopped with all that it has started.
  const child = spawn(file, args, {
    detached: true,
    cwd: folder,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...Object.fromEntries(inherited), ...env },
  })
  let exited: string | undefined
  child.on('error', (error) => (exited = error.message))
  child.on('exit', (code, signal) => (exited = `it ended with ${signal ?? code}`))
  if (child.pid) janitor.watch({ kind: 'process', pid: child.pid, folder })
  await log.close()
  child.unref()

  const stop = async () => {
    if (child.pid) killGroup(child.pid)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const endpoint = `http://127.0.0.1:${port}`
  const deadline = Date.now() + READY_MS
  while (!(await runnable.ready(endpoint))) {
    if (exited === undefined && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      continue
    }
    const said = redact((await readFile(output, 'utf8')).trim().split('\n').slice(-8).join('\n'))
    await stop()
    throw new SetupError(
      `${title} ${installed.version} did not start: ${exited ?? `not ready after ${READY_MS / 1000} s`}. It said last:\n${said}`,
    )
  }
  return { endpoint, version: installed.version, remark: installed.remark, stop }
}

/** A port that nobody listens at; loopback only. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
