import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's folder. Ids of behaviours are paths below it. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** The folder in which stores are installed. `npm ci` removes it. */
export const cache = join(root, 'node_modules', '.cache', 's3-conditional-requests')

/** The default file for the results of a run. */
export const results = join(root, 'reports', 'results.json')

/** The script of the Vitest command, to be run with `process.execPath`. */
export const vitestCommand = join(root, 'node_modules', 'vitest', 'vitest.mjs')

/** A file's path below the package's folder, with slashes on every system: `specs/read/….spec.ts`. */
export function fromRoot(file: string): string {
  return relative(root, file).split(sep).join('/')
}
