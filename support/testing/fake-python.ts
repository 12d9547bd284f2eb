import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes a fake Python interpreter that prints its version and creates virtual environments by copying itself into
 * them.
 * @param version such as `3.11`
 * @param fails what pip prints before it fails, or `ensurepip` if virtual environments cannot be created
 * @returns the path of the interpreter
 */
export function fakePython(folder: string, version: string, fails: string | 'ensurepip' = ''): string {
  const file = join(folder, `python${version}`)
  const output = join(folder, `pip${version}.txt`)
  writeFileSync(output, fails)
  const lines = [
    '#!/bin/sh',
    fails === 'ensurepip' ? `case "$2" in *ensurepip*) exit 1;; esac` : '',
    `[ "$2" = venv ] && mkdir -p "$4/bin" && cp "$0" "$4/bin/python"`,
    fails ? `[ "$2" = pip ] && cat ${output} && exit 1` : '',
    `echo ${version} ${file}`,
  ]
  writeFileSync(file, lines.join('\n'), { mode: 0o755 })
  return file
}
