import { readlinkSync } from 'node:fs'
import { link, open, readFile, rename, rm, stat, unlink, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'

/**
 * The interval at which the holder of a lock touches the lock file, and the age at which the lock counts as abandoned.
 */
const HEARTBEAT_MS = 2_000
const ABANDONED_MS = 10_000

/**
 * Acquires a lock. Waits while another process holds the lock, and takes it over from a process that has died.
 * @param file the lock file
 * @param onWait called once if another process holds the lock
 * @returns a function that releases the lock
 */
export async function lock(file: string, onWait: () => void = () => {}): Promise<() => Promise<void>> {
  for (let waited = false; ; ) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(`${process.pid} ${namespace()}`)
      await handle.close()
      // Shows processes in other pid namespaces that this process is alive.
      const heartbeat = setInterval(
        () => void utimes(file, new Date(), new Date()).catch(() => {}),
        HEARTBEAT_MS,
      ).unref()
      return () => {
        clearInterval(heartbeat)
        return rm(file, { force: true })
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = await readFile(file, 'utf8').catch(() => '')
    if (await isAbandoned(file, holder)) {
      await remove(file, holder)
      continue
    }
    if (!waited) onWait()
    waited = true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Identifies the pid namespace, which differs between containers and machines that share the folder. */
function namespace(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

/**
 * Whether the holder has died. If the holder is in another namespace or its process id is unknown, the age of the file
 * decides.
 */
async function isAbandoned(file: string, holder: string): Promise<boolean> {
  const [, number, where] = /^(\d+)(?: (.+))?$/.exec(holder) ?? []
  const pid = Number(number ?? 0)
  if (!pid || (where !== undefined && where !== namespace())) {
    return Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs > ABANDONED_MS
  }
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Removes the lock unless another process has acquired it after `holder` was read. */
async function remove(file: string, holder: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  try {
    await rename(file, aside)
    if ((await readFile(aside, 'utf8')) !== holder) await link(aside, file)
    await unlink(aside)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
