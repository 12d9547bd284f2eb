import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's folder: every id of a behaviour is a path below it, wherever the checkout lies. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** Where stores are installed; `npm ci` throws it away with everything else. */
export const cache = join(root, 'node_modules', '.cache', 's3-conditional-requests')

/** Where a run's results go when no setting says otherwise. */
export const results = join(root, 'reports', 'results.json')

/** Vitest's command, to be run with `process.execPath`. */
export const vitestCommand = join(root, 'node_modules', 'vitest', 'vitest.mjs')

/** A file's path from the package's root, with slashes on every system: `specs/read/….spec.ts`. */
export function fromRoot(file: string): string {
  return relative(root, file).split(sep).join('/')
}
