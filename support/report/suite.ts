import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../paths'

/** Returns the metadata of a result: the versions of the suite and the SDK, and today's date. */
export function suite(): { suite: string; sdk: string; date: string } {
  const versionIn = (file: string): string => JSON.parse(readFileSync(file, 'utf8')).version
  const commit = commitOf(root)
  return {
    suite: `${versionIn(join(root, 'package.json'))}${commit ? `+${commit}` : ''}`,
    sdk: versionIn(createRequire(join(root, 'package.json')).resolve('@aws-sdk/client-s3/package.json')),
    date: new Date().toISOString().slice(0, 10),
  }
}

/** Returns the commit that is checked out in a folder; undefined if the folder is not the root of a checkout. */
function commitOf(folder: string): string | undefined {
  try {
    const output = execFileSync('git', ['rev-parse', '--show-cdup', '--short=7', 'HEAD'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return output.match(/^\n([0-9a-f]+)\n$/)?.[1]
  } catch {
    return undefined
  }
}
