import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SetupError } from '../../errors'
import { discard, installOnce, run, type Watcher } from './cache'

export interface GoProgram {
  /** The name of the executable: the last path element of `module`. */
  readonly name: string
  /** The import path of the program's main package. */
  readonly module: string
  readonly version: string
}

/**
 * Builds a program with Go unless it has already been built.
 * @returns the path of the program
 * @throws SetupError if Go is missing or the build fails
 */
export async function installGo(program: GoProgram, watcher: Watcher): Promise<string> {
  const { name, module, version } = program
  const isBuilt = async (folder: string) => existsSync(join(folder, name))
  const folder = await installOnce(nameOf(program), watcher, isBuilt, async (into) => {
    await promisify(execFile)('go', ['version']).catch(() => {
      throw new SetupError(`Building ${name} requires Go, which was not found.`)
    })
    watcher.log(`Building ${name} ${version} with Go for the first run. This takes about a minute …`)
    await mkdir(into, { recursive: true })
    const env = { ...process.env, GOBIN: into, GOFLAGS: '-mod=mod' }
    await run(['go', 'install', `${module}@v${version}`], watcher, { env })
  })
  return join(folder, name)
}

export async function discardGo(program: GoProgram): Promise<void> {
  await discard(nameOf(program))
}

function nameOf({ name, version }: GoProgram): string {
  return `${name}-${version}`
}
