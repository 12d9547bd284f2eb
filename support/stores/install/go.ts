import { execFile } from 'node:child_process'
import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SetupError } from '../../errors'
import { discard, installOnce, run, type Watcher } from './cache'

/** A program that is published as the source of a Go module. */
export interface GoProgram {
  /** `versitygw`; the last part of `module`, too. */
  readonly name: string
  /** Path of the program's package. */
  readonly module: string
  readonly version: string
}

/**
 * Builds a program with Go unless it is there.
 * @returns the program's file
 * @throws SetupError where there is no Go, or building fails
 */
export async function installGo(program: GoProgram, watcher: Watcher): Promise<string> {
  const folder = await installOnce(nameOf(program), watcher, isUsable(program), async (into) => {
    const { name, module, version } = program
    await promisify(execFile)('go', ['version']).catch(() => {
      throw new SetupError(`${name} is built with Go, and no Go was found.`)
    })
    watcher.log(`Building ${name} ${version} with Go, once; this takes about a minute …`)
    await mkdir(into, { recursive: true })
    const env = { ...process.env, GOBIN: into, GOFLAGS: '-mod=mod' }
    await run(['go', 'install', `${module}@v${version}`], watcher, { env })
  })
  return join(folder, program.name)
}

/** Forgets a program that was built, so that it is built anew. */
export async function discardGo(program: GoProgram): Promise<void> {
  await discard(nameOf(program))
}

function isUsable({ name }: GoProgram): (folder: string) => Promise<boolean> {
  return (folder) =>
    access(join(folder, name)).then(
      () => true,
      () => false,
    )
}

function nameOf({ name, version }: GoProgram): string {
  return `${name}-${version}`
}
