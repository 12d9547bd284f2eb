import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, link, mkdir, open, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { redact, SetupError } from './errors'

/** Where stores are installed; `npm ci` throws it away with everything else. */
export const CACHE = join(process.cwd(), 'node_modules', '.cache', 's3-conditional-requests')

const WAYS_ON = [
  'Ways on:',
  '  - start Docker, and the store runs in a container',
  '  - install Python 3.13, https://www.python.org/downloads, or with: pyenv install 3.13',
  '  - name a store that runs already: S3_ENDPOINT=http://localhost:4566',
].join('\n')

export interface Python {
  readonly file: string
  /** Major and minor, `[3, 13]`. */
  readonly version: readonly [number, number]
}

/**
 * Looks for a Python, the wanted versions first.
 * @param wanted smallest versions in order of preference, `[[3, 13], [3, 10]]`
 * @returns the first that is at least one of them
 * @throws SetupError that lists what was found instead, with the ways on
 */
export async function findPython(wanted: readonly (readonly [number, number])[], what: string): Promise<Python> {
  const found: Python[] = []
  for (const file of await candidates()) {
    const python = await askVersion(file)
    if (!python) continue
    if (wanted[0] && isAtLeast(python, wanted[0])) return python
    found.push(python)
  }
  for (const smallest of wanted) {
    const python = found.find((candidate) => isAtLeast(candidate, smallest))
    if (python) return python
  }
  const versions = [...new Set(found.map(({ version }) => version.join('.')))].join(', ')
  const needed = wanted.at(-1)?.join('.')
  throw new SetupError(
    `${what} needs Python ${needed} or later, and ${versions ? `only ${versions} was found` : 'no Python was found'}.\n${WAYS_ON}`,
  )
}

/** Every interpreter that could do: those of the PATH, then those of pyenv, whose shims may refuse to run. */
async function candidates(): Promise<string[]> {
  const named = ['python3.13', 'python3.14', 'python3', 'python3.12', 'python3.11', 'python3.10', 'python']
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions')
  const installed = await readdir(versions).catch(() => [])
  const newestFirst = installed.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  return [...named, ...newestFirst.map((version) => join(versions, version, 'bin', 'python'))]
}

async function askVersion(file: string): Promise<Python | undefined> {
  try {
    const asked = promisify(execFile)(file, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
      timeout: 5_000,
    })
    const [major, minor] = (await asked).stdout.trim().split('.').map(Number)
    return major === undefined || minor === undefined ? undefined : { file, version: [major, minor] }
  } catch {
    return undefined
  }
}

export function isAtLeast({ version: [major, minor] }: Python, [wantedMajor, wantedMinor]: readonly [number, number]) {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** A set of Python packages, pinned with hashes, in a virtual environment of its own. */
export interface Installation {
  /** `localstack-4.14.0`, for the folder and for messages. */
  readonly name: string
  /** File of pinned requirements. */
  readonly requirements: string
}

/** The interpreter of a finished installation of exactly these requirements; undefined when there is none. */
export async function installed({ name, requirements }: Installation): Promise<string | undefined> {
  const folder = await folderOf({ name, requirements })
  try {
    await access(join(folder, '.complete'))
    await access(join(folder, 'bin', 'python'), constants.X_OK)
    return join(folder, 'bin', 'python')
  } catch {
    return undefined
  }
}

/** Forgets an installation that turned out to be broken, so that it is made anew. */
export async function discard(installation: Installation): Promise<void> {
  await rm(join(await folderOf(installation), '.complete'), { force: true })
}

/**
 * Installs unless it is there; one installer at a time, others wait for it. A half-made installation is made anew.
 * @param log gets a line now and then while it goes on
 * @param watch is told the process that installs, to be killed if this one dies
 * @returns the interpreter of the virtual environment
 * @throws SetupError when it does not work, with the ways on
 */
export async function install(
  installation: Installation,
  python: Python,
  log: (line: string) => void,
  watch: (pid: number) => void,
): Promise<string> {
  const folder = await folderOf(installation)
  await mkdir(CACHE, { recursive: true })
  const unlock = await lock(`${folder}.lock`, () => log(`Waiting for another run that installs ${installation.name} …`))
  try {
    const there = await installed(installation)
    if (there) return there
    await rm(folder, { recursive: true, force: true })
    log(
      `Installing ${installation.name} with Python ${python.version.join('.')}, once; this takes about half a minute …`,
    )
    await run(python.file, ['-m', 'venv', folder], log, watch)
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off']
    const pinned = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', installation.requirements]
    await run(join(folder, 'bin', 'python'), [...pip, ...pinned], log, watch)
    await writeFile(join(folder, '.complete'), '')
    return join(folder, 'bin', 'python')
  } finally {
    await unlock()
  }
}

async function folderOf({ name, requirements }: Installation): Promise<string> {
  const hash = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 8)
  return join(CACHE, `${name}-${hash}`)
}

async function run(file: string, args: string[], log: (line: string) => void, watch: (pid: number) => void) {
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid) watch(child.pid)
  let said = 0
  let output = ''
  const listen = (chunk: Buffer) => {
    output = (output + chunk).slice(-8_000)
    const collected = chunk.toString().match(/^Collecting /gm)?.length ?? 0
    if (collected > 0 && Math.floor((said + collected) / 20) > Math.floor(said / 20))
      log(`  ${said + collected} packages …`)
    said += collected
    if (/^Installing collected/m.test(chunk.toString())) log(`  ${said} packages are there, unpacking …`)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const code = await ended(child)
  if (code === 0) return
  const reason = redact(output.trim().split('\n').slice(-5).join('\n'))
  const index = /connection|resolve|retries|timed out|No matching distribution/i.test(output)
  throw new SetupError(
    `${index ? 'The package index could not be reached, or lacks a package' : 'Installing failed'}: ${basename(dirname(dirname(file)))}\n${reason}\n${WAYS_ON}`,
  )
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
}

/**
 * Takes a lock file, waiting while a living process holds it and taking it over from a dead one.
 * @param onWait called once if there is something to wait for
 * @returns gives the lock back
 */
export async function lock(file: string, onWait: () => void = () => {}): Promise<() => Promise<void>> {
  for (let waited = false; ; ) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = await readFile(file, 'utf8').catch(() => '')
    if (await isAbandoned(file, holder)) {
      await takeAway(file, holder)
      continue
    }
    if (!waited) onWait()
    waited = true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** A lock whose process is gone; without a process id in it, when it has been lying there for ten seconds. */
async function isAbandoned(file: string, holder: string): Promise<boolean> {
  const pid = Number(holder)
  if (!pid) return Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs > 10_000
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Removes the lock of `holder` and no other: somebody else may have taken it over in between. */
async function takeAway(file: string, holder: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  try {
    await rename(file, aside)
    if ((await readFile(aside, 'utf8')) !== holder) await link(aside, file)
    await unlink(aside)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
