import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../paths'

/**
 * Copies the suite, so that a test can change the copy. The path of the copy contains a folder `my-specs`, which the
 * suite must not mistake for `specs`.
 * @param onCleanup registers a function that removes the copy
 */
export async function clone(onCleanup: (end: () => Promise<void>) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-clone-'))
  onCleanup(() => rm(folder, { recursive: true }))
  const copy = join(folder, 'my-specs', 'clone')
  await mkdir(copy, { recursive: true })
  for (const name of ['specs', 'support', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    await cp(join(root, name), join(copy, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}
