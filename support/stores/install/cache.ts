import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupError } from '../../errors'
import { cache } from '../../paths'
import { redact } from '../../wire/redact'
import { lock } from './lock'

export interface Watcher {
  log(line: string): void
  /**
   * Makes sure that the process group `pid` is killed if this process dies.
   * @returns a function to call once the process group has exited. Without this call, another process group that gets
   * the same id could be killed.
   */
  watch(pid: number): () => void
}

/**
 * Finds the folder of a complete installation.
 * @param name identifies the contents of the installation, for example `versitygw-1.8.0`
 * @param isUsable checks whether the contents of the folder can still be used
 * @returns the folder, or undefined if the installation is missing, incomplete or unusable
 */
export async function installed(
  name: string,
  isUsable: (folder: string) => Promise<boolean> = async () => true,
): Promise<string | undefined> {
  const folder = join(cache, name)
  return existsSync(join(folder, '.complete')) && (await isUsable(folder)) ? folder : undefined
}

/** Marks a broken installation as incomplete, so that the next call to `installOnce` replaces it. */
export async function discard(name: string): Promise<void> {
  await rm(join(cache, name, '.complete'), { force: true })
}

/**
 * Installs a program into a folder in the cache unless the program is already installed. If another process is
 * installing the same program, waits for that process to finish. Replaces an incomplete or unusable installation.
 * @param isUsable checks whether the contents of the folder can still be used, for example whether the interpreter runs
 * @param work creates and fills the folder
 * @returns the folder
 * @throws SetupError if the cache cannot be written to or `work` fails. The error's `missing` property is not set if an
 * unusable installation was being replaced.
 */
export async function installOnce(
  name: string,
  { log }: Pick<Watcher, 'log'>,
  isUsable: (folder: string) => Promise<boolean>,
  work: (folder: string) => Promise<void>,
): Promise<string> {
  const existing = await installed(name, isUsable)
  if (existing) return existing
  const folder = join(cache, name)
  await mkdir(cache, { recursive: true }).catch(notWritable)
  const unlock = await lock(`${folder}.lock`, () => log(`Waiting for another run to install ${name} …`)).catch(
    notWritable,
  )
  try {
    const installedMeanwhile = await installed(name, isUsable)
    if (installedMeanwhile) return installedMeanwhile
    const wasInstalled = (await installed(name)) !== undefined
    await rm(folder, { recursive: true, force: true }).catch(notWritable)
    await work(folder).catch((error) => {
      // Drops `missing` from the error, because the software is installed but unusable.
      throw wasInstalled && error instanceof SetupError ? new SetupError(error.message) : error
    })
    await writeFile(join(folder, '.complete'), '').catch(notWritable)
    return folder
  } finally {
    await unlock()
  }
}

function notWritable({ message, code }: NodeJS.ErrnoException): never {
  const why = code === 'ENOSPC' ? 'is on a full disk' : code === 'EROFS' ? 'is read-only' : 'cannot be written'
  throw new SetupError(`Stores are installed in ${cache}, which ${why}: ${message}`)
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly onOutput?: (text: string) => void
  /** Whether the output of a failed installer shows that no package index responded. */
  readonly isUnreachable?: (output: string) => boolean
}

/**
 * Runs an installer.
 * @throws SetupError with the last lines of the output if the installer fails. The error's `missing` property is set if
 * no package index responded.
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
    throw new SetupError(`The package index is unreachable:\n${last}`, 'package index')
  }
  throw new SetupError(`${failureOf(output)}:\n${last}`)
}

function failureOf(output: string): string {
  if (/no space left|ENOSPC|disk quota exceeded/i.test(output))
    return 'The installation failed because the disk is full'
  const unreachable = /connection|resolve|retries|timed out|no matching distribution|dial tcp/i.test(output)
  return unreachable ? 'The package index is unreachable or lacks a required package' : 'The installation failed'
}

/** @throws SetupError if the program cannot be started */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', ({ message }) => reject(new SetupError(`The installation failed: ${message}`)))
    child.on('close', resolve)
  })
}
