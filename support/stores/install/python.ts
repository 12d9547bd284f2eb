import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SetupError } from '../../errors'
import { discard, installed, installOnce, run, type Watcher } from './cache'

/** Major and minor, `[3, 13]`. */
export type Version = readonly [number, number]

export interface Python {
  /** Command or path. */
  readonly file: string
  /** Path of the interpreter itself, without links and shims. */
  readonly executable: string
  readonly version: Version
}

/**
 * Looks for a Python that packages can be installed with, the wanted versions first.
 * @param wanted smallest versions in order of preference, `[[3, 13], [3, 10]]`
 * @param what needs it, as the message calls it
 * @returns the first that is at least one of them
 * @throws SetupError, with Python as `missing`, that lists what was found instead
 */
export async function findPython(wanted: readonly Version[], what: string): Promise<Python> {
  const found: Python[] = []
  for (const file of await candidates()) {
    const python = pythonAt(file)
    if (!python) continue
    if (wanted[0] && isAtLeast(python, wanted[0]) && (await canInstall(python))) return python
    found.push(python)
  }
  const unfit = new Set<Python>()
  for (const smallest of wanted) {
    for (const python of found.filter((candidate) => isAtLeast(candidate, smallest))) {
      if (await canInstall(python)) return python
      unfit.add(python)
    }
  }
  const words = found.map((python) => `${python.version.join('.')}${unfit.has(python) ? ' without ensurepip' : ''}`)
  const only = words.length > 0 ? `, only ${[...new Set(words)].join(', ')}` : ''
  throw new SetupError(
    `${what} needs Python ${wanted.at(-1)?.join('.')} or later, which was not found${only}.`,
    'Python',
  )
}

/** Whether virtual environments can be made: some distributions have a Python without what is needed for it. */
async function canInstall({ file }: Python): Promise<boolean> {
  const makes = promisify(execFile)(file, ['-c', 'import ensurepip, venv'], { timeout: 5_000 }).then(
    () => true,
    () => false,
  )
  return (await makes) || hasUv()
}

/** Every interpreter that could do: those of the PATH, then those of pyenv, whose shims may refuse to run. */
async function candidates(): Promise<string[]> {
  const named = ['python3.13', 'python3.14', 'python3', 'python3.12', 'python3.11', 'python3.10', 'python']
  const versions = join(process.env.PYENV_ROOT ?? join(home(), '.pyenv'), 'versions')
  const installed = await readdir(versions).catch(() => [])
  const newestFirst = installed.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  return [...named, ...newestFirst.map((version) => join(versions, version, 'bin', 'python'))]
}

/** Without HOME, and without an entry among the users, there is none. */
function home(): string {
  try {
    return homedir()
  } catch {
    return '/'
  }
}

const PRINT = 'import os, sys; print("%d.%d " % sys.version_info[:2] + os.path.realpath(sys.executable))'

/**
 * Runs an interpreter to get its version.
 * @param file command or path
 * @returns undefined if it is not a Python, or does not run
 */
export function pythonAt(file: string): Python | undefined {
  try {
    const output = execFileSync(file, ['-c', PRINT], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
    })
    const [, major, minor, executable = file] = /^(\d+)\.(\d+)(?: (.+))?\s*$/.exec(output) ?? []
    return major && minor ? { file, executable, version: [Number(major), Number(minor)] } : undefined
  } catch {
    return undefined
  }
}

/** Whether an interpreter is of a version or a later one. */
export function isAtLeast({ version: [major, minor] }: Python, [wantedMajor, wantedMinor]: Version) {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** A set of Python packages, pinned with hashes, in a virtual environment of its own. */
export interface PythonPackages {
  /** Store and version, `ministack-1.5.33`. */
  readonly name: string
  /** File of pinned requirements. */
  readonly requirements: string
  /** The only interpreter to use: these packages then have an installation of their own. Absent: any. */
  readonly python?: Python
}

/** The interpreter of a finished installation of exactly these packages; undefined when there is none that runs. */
export async function installedPython(packages: PythonPackages): Promise<string | undefined> {
  const folder = await installed(await nameOf(packages), hasInterpreter)
  return folder && pythonOf(folder)
}

/** Forgets an installation of packages, so that it is made anew. */
export async function discardPython(packages: PythonPackages): Promise<void> {
  await discard(await nameOf(packages))
}

/**
 * Installs the packages into a virtual environment unless they are there.
 * @returns the interpreter of the virtual environment
 * @throws SetupError when it does not work
 */
export async function installPython(packages: PythonPackages, python: Python, watcher: Watcher): Promise<string> {
  const folder = await installOnce(await nameOf(packages), watcher, hasInterpreter, async (folder) => {
    watcher.log(
      `Installing ${packages.name} with Python ${python.version.join('.')}, once; this takes up to half a minute …`,
    )
    const pinned = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', packages.requirements]
    if ((await hasUv()) && (await installedByUv(folder, python, pinned, watcher))) return
    await run([python.file, '-m', 'venv', '--clear', folder], watcher)
    // That an index is not reached is told by its retries, so that their number is not left to the user's settings.
    const options = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--retries', '5']
    await run([pythonOf(folder), '-m', 'pip', 'install', ...options, ...pinned], watcher, {
      onOutput: progress(watcher),
      isUnreachable,
    })
  })
  return pythonOf(folder)
}

/** Whether uv is on the PATH, which installs in a fraction of the time that pip takes. */
async function hasUv(): Promise<boolean> {
  return promisify(execFile)('uv', ['--version'], { timeout: 5_000 }).then(
    () => true,
    () => false,
  )
}

/** @returns whether it worked: uv has settings of its own for where packages come from, and pip may know of another place */
async function installedByUv(
  folder: string,
  python: Python,
  pinned: readonly string[],
  watcher: Watcher,
): Promise<boolean> {
  try {
    await run(['uv', 'venv', '--quiet', '--no-project', '--python', python.file, folder], watcher)
    await run(['uv', 'pip', 'install', '--quiet', '--python', pythonOf(folder), ...pinned], watcher)
    return true
  } catch (error) {
    watcher.log(`uv did not do it, pip is asked: ${(error as Error).message.split('\n')[0]}`)
    return false
  }
}

/** How pip ends if it looks for a package in vain, and what it says before that if it did not get the package's page. */
const NOT_FOUND = /No matching distribution found for ([\w.-]+)/
const NO_CONNECTION =
  /Retry\(total=0,.* connection broken by '(?:NewConnection|ConnectTimeout|ReadTimeout|NameResolution|Proxy|Protocol|Connection|Remote)\w*\(.*': \S*\/([\w.-]+)\/\s*$/gm

/** Whether pip found no package because no index responded. If one lacks a package, or a download breaks off, it did. */
export function isUnreachable(output: string): boolean {
  const canonical = (name = '') => name.toLowerCase().replace(/[-_.]+/g, '-')
  const name = canonical(NOT_FOUND.exec(output)?.[1])
  return name !== '' && [...output.matchAll(NO_CONNECTION)].some(([, looked]) => canonical(looked) === name)
}

/** Says every twenty packages how far pip has come. */
function progress({ log }: Watcher): (text: string) => void {
  let collected = 0
  return (text) => {
    const before = collected
    collected += text.match(/^Collecting /gm)?.length ?? 0
    if (Math.floor(collected / 20) > Math.floor(before / 20)) log(`  ${collected} packages …`)
    if (/^Installing collected/m.test(text)) log(`  ${collected} packages are there, unpacking …`)
  }
}

/** The interpreter is a link to the one that it was made with, which may be gone. */
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
