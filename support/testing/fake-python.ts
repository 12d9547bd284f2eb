import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes a program that prints a version as Python does, and creates virtual environments that contain itself.
 * @param version `3.11`
 * @returns its path
 */
export function fakePython(folder: string, version: string): string {
  const file = join(folder, `python${version}`)
  const venv = `[ "$2" = venv ] && mkdir -p "$4/bin" && cp "$0" "$4/bin/python"`
  writeFileSync(file, `#!/bin/sh\n${venv}\necho ${version} ${file}\n`, { mode: 0o755 })
  return file
}
