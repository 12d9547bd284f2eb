import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../../paths'
import type { Mutant } from './mutant'

const HELPERS = ['all', 'channel', 'mutable-store', 'mutant', 'overrides', 'runner', 'spec-runs', 'wire']

/** Loads every mutant, with the name of its file without `.ts`. */
export async function allMutants(): Promise<[file: string, Mutant][]> {
  const folder = join(root, 'support', 'tools', 'mutants')
  const files = readdirSync(folder).flatMap((file) => /^([\w-]+)\.ts$/.exec(file)?.[1] ?? [])
  const found = await Promise.all(
    files
      .filter((file) => !HELPERS.includes(file))
      .map(async (file) => {
        const exported: Record<string, readonly Mutant[]> = await import(
          /* @vite-ignore */ pathToFileURL(join(folder, `${file}.ts`)).href
        )
        return Object.values(exported).flatMap((table) => table.map((mutant): [string, Mutant] => [file, mutant]))
      }),
  )
  return found.flat()
}
