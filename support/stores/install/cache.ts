import { type ChildProcess, spawn } from 'node:child_process'
import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupError } from '../../errors'
import { cache } from '../../paths'
import { redact } from '../../wire/redact'
import { lock } from './lock'

/** Told about what takes long, and about every process that is started for it. */
export interface Watcher {
  log(line: string): void
  /**
   * Has the process and all that it starts killed if this one dies.
   * @returns to be called as soon as it has ended: its number may then become another process'
   */
  watch(pid: number): () => void
}

/**
 * The folder of a finished installation.
 * @param name of the installation, unique for what is in it
 * @param isUsable whether what is in the folder can still be used
 * @returns undefined when there is none, when it was not finished, or cannot be used any more
 */
export async function installed(
  name: string,
  isUsable: (folder: string) => Promise<boolean> = async () => true,
): Promise<string | undefined> {
  const folder = join(cache, name)
  const finished = await access(join(folder, '.complete')).then(
    () => true,
    () => false,
  )
  return finished && (await isUsable(folder)) ? folder : undefined
}

/** Forgets an installation that turned out to be broken, so that it is made anew. */
export async function discard(name: string): Promise<void> {
  await rm(join(cache, name, '.complete'), { force: true })
}

/**
 * Installs into a folder of the cache unless it is there; one installer at a time, others wait for it.
 * What a run that was killed has left half-made is made anew, and so is what cannot be used any more.
 * @param isUsable whether what is in the folder can still be used, e.g. its interpreter has not gone
 * @param work fills the folder; it does not exist before
 * @returns the folder
 * @throws SetupError when the cache cannot be written, or `work` fails; `missing` is absent if there was an installation
 */
export async function installOnce(
  name: string,
  { log }: Pick<Watcher, 'log'>,
  isUsable: (folder: string) => Promise<boolean>,
  work: (folder: string) => Promise<void>,
): Promise<string> {
  const there = await installed(name, isUsable)
  if (there) return there
  const folder = join(cache, name)
  await mkdir(cache, { recursive: true }).catch(notWritable)
  const unlock = await lock(`${folder}.lock`, () => log(`Waiting for another run that installs ${name} …`)).catch(
    notWritable,
  )
  try {
    const there = await installed(name, isUsable)
    if (there) return there
    const wasInstalled = (await installed(name)) !== undefined
    await rm(folder, { recursive: true, force: true }).catch(notWritable)
    await work(folder).catch((error) => {
      // It was there and could not be used, so that whatever is missing now is not all that is wrong.
      throw wasInstalled && error instanceof SetupError ? new SetupError(error.message) : error
    })
    await writeFile(join(folder, '.complete'), '').catch(notWritable)
    return folder
  } finally {
    await unlock()
  }
}

function notWritable({ message, code }: NodeJS.ErrnoException): never {
  const why = code === 'ENOSPC' ? 'is on a disk that is full' : code === 'EROFS' ? 'is read-only' : 'cannot be written'
  throw new SetupError(`Stores are installed into ${cache}, which ${why}: ${message}`)
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  /** Receives the output as it comes. */
  readonly onOutput?: (text: string) => void
  /** Whether the output of a failure means that no package index responded. */
  readonly isUnreachable?: (output: string) => boolean
}

/**
 * Runs a program that installs something.
 * @throws SetupError with the last lines of its output; `missing` tells whether no package index responded
 */
export async function run(
  [file = '', ...args]: readonly string[],
  { watch }: Watcher,
  options: RunOptions = {},
): Promise<void> {
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
  })
  const unwatch = child.pid ? watch(child.pid) : () => {}
  let output = ''
  const listen = (chunk: Buffer) => {
    output = (output + chunk).slice(-8_000)
    options.onOutput?.(chunk.toString())
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const exitCode = await ended(child).finally(unwatch)
  if (exitCode === 0) return
  const last = redact(output.trim().split('\n').slice(-5).join('\n'))
  if (options.isUnreachable?.(output)) {
    throw new SetupError(`The package index cannot be reached:\n${last}`, 'package index')
  }
  throw new SetupError(`${failureOf(output)}:\n${last}`)
}

/** What went wrong, by what an installer said. */
function failureOf(output: string): string {
  if (/no space left|ENOSPC|disk quota exceeded/i.test(output)) return 'Installing failed, the disk is full'
  const unreachable = /connection|resolve|retries|timed out|no matching distribution|dial tcp/i.test(output)
  return unreachable ? 'The package index could not be reached, or lacks a package' : 'Installing failed'
}

/** @throws SetupError when the program cannot be started at all */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', ({ message }) => reject(new SetupError(`Installing failed: ${message}`)))
    child.on('close', resolve)
  })
}
