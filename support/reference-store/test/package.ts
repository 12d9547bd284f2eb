import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root folder of the s3-reference-store package. */
export const home = dirname(dirname(fileURLToPath(import.meta.url)))

/** The root folder of the repository. */
export const root = dirname(dirname(home))

const require = createRequire(import.meta.url)

/** The path of the TypeScript compiler's script, which is run with `node`. */
export const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')

/**
 * Builds the package in a temporary folder so that tests neither need nor change `dist`.
 * @returns the folder with `bin`, `dist` and package.json, and a function that removes the folder
 */
export function buildPackage(): { folder: string; remove(): void } {
  const cache = join(root, 'node_modules/.cache/s3-reference-store')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'build-'))
  execFileSync(process.execPath, [tsc, '-p', join(home, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')])
  for (const name of ['bin', 'package.json']) cpSync(join(home, name), join(folder, name), { recursive: true })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
