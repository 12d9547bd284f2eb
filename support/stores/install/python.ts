import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../../errors'
import { discard, installed, installOnce, run, type Watcher } from './cache'

/** The major and minor version, for example `[3, 13]`. */
export type Version = readonly [number, number]

export interface Python {
  /** The command or path that starts the interpreter. */
  readonly file: string
  /** The real path of the interpreter, after symbolic links and pyenv shims have been resolved. */
  readonly executable: string
  readonly version: Version
}

/**
 * Finds a Python interpreter that can install packages.
 * @param accepted the minimum versions in order of preference: `[[3, 13], [3, 10]]`. Each is used only if no
 * interpreter meets the ones before it.
 * @param title the title of the store that needs Python, shown in messages
 * @returns the first interpreter that meets the minimum version
 * @throws SetupError if there is no suitable interpreter. The message lists the versions that were found, and the
 * `missing` property is `Python`.
 */
export async function findPython(accepted: readonly Version[], title: string): Promise<Python> {
  const found: Python[] = []
  for (const file of await candidates()) {
    const python = pythonAt(file)
    if (!python) continue
    if (accepted[0] && isAtLeast(python, accepted[0]) && canInstall(python)) return python
    found.push(python)
  }
  const unfit = new Set<Python>()
  for (const oldest of accepted) {
    for (const python of found.filter((candidate) => isAtLeast(candidate, oldest))) {
      if (canInstall(python)) return python
      unfit.add(python)
    }
  }
  const versions = found.map((python) => `${python.version.join('.')}${unfit.has(python) ? ' without ensurepip' : ''}`)
  const only = versions.length > 0 ? ` (found: ${[...new Set(versions)].join(', ')})` : ''
  throw new SetupError(
    `${title} needs Python ${accepted.at(-1)?.join('.')} or later, which was not found${only}.`,
    'Python',
  )
}

/**
 * Whether an interpreter has the modules that create virtual environments. Some Linux distributions package these
 * modules separately.
 */
function canInstall({ file }: Python): boolean {
  return outputOf(file, 'import ensurepip, venv') !== undefined
}

/**
 * Returns the interpreters to try: first the commands, then the paths of the interpreters that pyenv has installed. The
 * paths are needed because pyenv's shims on the PATH may fail.
 */
async function candidates(): Promise<string[]> {
  const commands = ['python3.13', 'python3.14', 'python3', 'python3.12', 'python3.11', 'python3.10', 'python']
  const versions = join(process.env.PYENV_ROOT ?? join(home(), '.pyenv'), 'versions')
  const installed = await readdir(versions).catch(() => [])
  const newestFirst = installed.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  return [...commands, ...newestFirst.map((version) => join(versions, version, 'bin', 'python'))]
}

/**
 * Returns the home folder, or `/` if it is unknown. `homedir` throws if HOME is unset and the user has no entry in the
 * system's user database.
 */
function home(): string {
  try {
    return homedir()
  } catch {
    return '/'
  }
}

const PRINT = 'import os, sys; print("%d.%d " % sys.version_info[:2] + os.path.realpath(sys.executable))'

/**
 * Runs a Python interpreter to find out its version and its real path.
 * @param file the command or path that starts the interpreter
 * @returns undefined if the program does not run or is not a Python interpreter
 */
export function pythonAt(file: string): Python | undefined {
  const [, major, minor, executable = file] = /^(\d+)\.(\d+)(?: (.+))?\s*$/.exec(outputOf(file, PRINT) ?? '') ?? []
  return major && minor ? { file, executable, version: [Number(major), Number(minor)] } : undefined
}

function outputOf(file: string, code: string): string | undefined {
  try {
    return execFileSync(file, ['-c', code], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000 })
  } catch {
    return undefined
  }
}

export function isAtLeast({ version: [major, minor] }: Python, [oldestMajor, oldestMinor]: Version): boolean {
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

/** Python packages, pinned by hash, to be installed into a virtual environment. */
export interface PythonPackages {
  /** The store and its version, for example `ministack-1.5.33`. */
  readonly name: string
  /** The path of the requirements file that pins the packages. */
  readonly requirements: string
  /**
   * The only interpreter that may be used. If set, the packages are installed into a separate virtual environment for
   * this interpreter. If absent, any interpreter may be used.
   */
  readonly python?: Python
}

/**
 * Returns the path of the virtual environment's interpreter, or undefined if these packages are not installed or the
 * interpreter does not work.
 */
export async function installedPython(packages: PythonPackages): Promise<string | undefined> {
  const folder = await installed(await nameOf(packages), hasInterpreter)
  return folder && pythonOf(folder)
}

export async function discardPython(packages: PythonPackages): Promise<void> {
  await discard(await nameOf(packages))
}

/**
 * Installs packages into a virtual environment unless they are already installed.
 * @returns the path of the virtual environment's interpreter
 * @throws SetupError if an installer fails
 */
export async function installPython(packages: PythonPackages, python: Python, watcher: Watcher): Promise<string> {
  const folder = await installOnce(await nameOf(packages), watcher, hasInterpreter, async (folder) => {
    const version = python.version.join('.')
    watcher.log(`Installing ${packages.name} with Python ${version} for the first run. This takes about a minute …`)
    await run([python.file, '-m', 'venv', '--clear', folder], watcher)
    // Overrides the number of retries in the user's configuration, because `isUnreachable` looks for the message about
    // the last retry.
    const options = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--retries', '5']
    const pinned = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', packages.requirements]
    await run([pythonOf(folder), '-m', 'pip', 'install', ...options, ...pinned], watcher, {
      onOutput: progress(watcher),
      isUnreachable,
    })
  })
  return pythonOf(folder)
}

/** Matches the last line that pip prints if it cannot find a package. */
const NOT_FOUND = /No matching distribution found for ([\w.-]+)/
/** Matches the line that pip prints before its last attempt to fetch a package's page from the package index. */
const NO_CONNECTION =
  /Retry\(total=0,.* connection broken by '(?:NewConnection|ConnectTimeout|ReadTimeout|NameResolution|Proxy|Protocol|Connection|Remote)\w*\(.*': \S*\/([\w.-]+)\/\s*$/gm

/**
 * Whether pip failed because no package index responded, rather than because a package is missing or a download was
 * interrupted.
 */
export function isUnreachable(output: string): boolean {
  const canonical = (name = '') => name.toLowerCase().replace(/[-_.]+/g, '-')
  const missing = canonical(NOT_FOUND.exec(output)?.[1])
  return missing !== '' && [...output.matchAll(NO_CONNECTION)].some(([, name]) => canonical(name) === missing)
}

/**
 * Returns a listener for pip's output. The listener logs a line after every twenty packages that pip collects, and one
 * more line when pip begins to unpack the packages.
 */
function progress({ log }: Watcher): (text: string) => void {
  let collected = 0
  return (text) => {
    const before = collected
    collected += text.match(/^Collecting /gm)?.length ?? 0
    if (Math.floor(collected / 20) > Math.floor(before / 20)) log(`  ${collected} packages …`)
    if (/^Installing collected/m.test(text)) log(`  Unpacking ${collected} packages …`)
  }
}

/**
 * Whether the virtual environment's interpreter can be run. The interpreter is a symbolic link, which may be broken.
 */
async function hasInterpreter(folder: string): Promise<boolean> {
  return pythonAt(pythonOf(folder)) !== undefined
}

function pythonOf(folder: string): string {
  return join(folder, 'bin', 'python')
}

async function nameOf({ name, requirements, python }: PythonPackages): Promise<string> {
  const hash = createHash('sha256').update(await readFile(requirements))
  if (python) hash.update(python.executable)
  return `${name}-${hash.digest('hex').slice(0, 8)}`
}
