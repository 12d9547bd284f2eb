import { accessSync, constants, type Stats, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { SetupError } from '../errors'
import { isAtLeast, type Python, pythonAt } from '../stores/install/python'
import { CAPABILITIES, type UnsupportedCapabilities } from '../stores/store'
import { stores } from '../stores/stores'

// What can be wrong with a setting beside its form.

/** @throws SetupError for a variable that is called nearly like a setting: it would be passed over in silence */
export function checkNames(env: Readonly<Record<string, string | undefined>>, names: readonly string[]): void {
  const near = Object.keys(env).flatMap((name) => {
    if (names.includes(name) || !/^S3|^FAKER/i.test(name)) return []
    const meant = names.find((setting) => distance(name.toUpperCase(), setting) <= 2)
    return meant ? `${name} is no setting: is ${meant} meant? Rename it, or take it away.` : []
  })
  if (near.length > 0) throw new SetupError(near.join('\n'))
}

/** How many characters have to be added, taken away or changed to make one of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [y, letter] of [...one].entries()) {
    const next = [y + 1]
    for (const [x, wanted] of [...other].entries()) {
      const changed = (row[x] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(changed, (row[x + 1] ?? 0) + 1, (next[x] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

function namesIn(value: string): string[] {
  return value === 'nothing' ? [] : value.split(',').map((name) => name.trim())
}

/** What S3_UNSUPPORTED says. */
export function lacksIn(value: string): UnsupportedCapabilities {
  return Object.fromEntries(namesIn(value).map((name) => [name, 'S3_UNSUPPORTED says so']))
}

/** Of a list of capabilities. */
export function checkLacks(value: string, context: z.RefinementCtx): void {
  const wrong = namesIn(value).filter((name) => !(name in CAPABILITIES))
  if (value === '' || wrong.length === 0) return
  const message = `must be nothing, or some of ${Object.keys(CAPABILITIES).join(', ')}, with commas`
  context.addIssue({ code: 'custom', message })
}

/** Of a baseline: the file need not be there, but its folder does. */
export function checkBaseline(value: string, context: z.RefinementCtx): void {
  if (value === '') return
  const there = statOf(value)
  const folder = dirname(resolve(value))
  const message = !there
    ? !isFolder(folder) && `is not there, and neither is the folder ${folder}`
    : there.isFile()
      ? !may(value, constants.R_OK) && 'cannot be read'
      : 'is not a file; it must name one like my-store.json'
  if (message) context.addIssue({ code: 'custom', message })
}

/** Of a file that is written, together with the folders that are not there yet. */
export function checkResults(value: string, context: z.RefinementCtx): void {
  if (value === '') return
  const complain = (message: string) => context.addIssue({ code: 'custom', message })
  let above = dirname(resolve(value))
  while (!statOf(above) && above !== dirname(above)) above = dirname(above)
  if (isFolder(value)) complain('is a folder; it must name a file like results.json')
  else if (!isFolder(above)) complain(`cannot be written: ${above} is no folder`)
  else if (!may(above, constants.W_OK)) complain(`cannot be written: the folder ${above} may not be written to`)
}

/**
 * Reads S3_PYTHON.
 * @throws SetupError if it does not run, is too old for the store of the target, or that is to run in a container
 */
export function pythonIn(value: string, target: string): Python {
  const setting = `S3_PYTHON=${value}`
  const python = pythonAt(value)
  if (!python) {
    throw new SetupError(`${setting} is not a Python that runs. Use a command or path such as python3.13, or unset it.`)
  }
  const named = stores[target.replace(/-(container|process)$/, '')]
  const { title, process } = named ?? {}
  if (!process?.python) return python
  if (target.endsWith('-container')) {
    throw new SetupError(`${setting} and S3_TARGET=${target} contradict each other. Unset one of them.`)
  }
  if (isAtLeast(python, process.python)) return python
  const needed = process.python.join('.')
  throw new SetupError(
    `${setting} is Python ${python.version.join('.')}. ${title} needs Python ${needed} or later: use another one, or unset it.`,
  )
}

/** Undefined for what is not there, also because a file stands where a folder would have to. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false
}

function may(path: string, how: number): boolean {
  try {
    accessSync(path, how)
    return true
  } catch {
    return false
  }
}

/** Of a URL: scheme, host and port, and nothing else. */
export function checkEndpoint(value: string, context: z.RefinementCtx): void {
  const message = endpointComplaint(value)
  if (message) context.addIssue({ code: 'custom', message })
}

function endpointComplaint(value: string): string | undefined {
  if (value === '') return undefined
  // Before everything else: what holds an @ may hold a secret, and must not come back in an example.
  if (value.includes('@')) {
    return 'must not hold credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and write it like http://localhost:4566'
  }
  if (!/^https?:\/\//i.test(value)) {
    const example = /^[\w.-]+(:\d+)?\/?$/.test(value) ? value : 'localhost:4566'
    return `must begin with http:// or https://, for example http://${example}`
  }
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url) return 'is not a URL; it must look like http://localhost:4566'
  const plain = url.pathname === '/' && !url.search && !url.hash
  return plain ? undefined : `must have no path or query; it must look like ${url.origin}`
}

/** A value, an endpoint without what could be a secret: what stands before an @, and a query; scheme or none. */
export function shown(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name] ?? ''
  return name.includes('ENDPOINT') ? value.replace(/^(https?:\/\/)?.*@/is, '$1***@').replace(/[?#].*/s, '?***') : value
}
