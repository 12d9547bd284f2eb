import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** The folder in which stores are installed. `npm ci` removes it. */
export const cache = join(root, 'node_modules', '.cache', 's3-conditional-requests')

/** The default file for the results of a run. */
export const results = join(root, 'reports', 'results.json')

/** The script behind the `vitest` command. Run it with `process.execPath`. */
export const vitestCommand = join(root, 'node_modules', 'vitest', 'vitest.mjs')

/** Returns a file's path relative to the root, with forward slashes on every system: `specs/read/….spec.ts`. */
export function fromRoot(file: string): string {
  return relative(root, file).split(sep).join('/')
}
