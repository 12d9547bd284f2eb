import { readlinkSync } from 'node:fs'
import { link, open, readFile, rename, rm, stat, unlink, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'

/** The interval at which the holder of a lock updates the modification time of the lock file. */
const HEARTBEAT_MS = 2_000
/** The age at which a lock file counts as abandoned if this process cannot check whether the lock's holder is alive. */
const ABANDONED_MS = 10_000

/**
 * Acquires a lock. Waits while another process holds the lock, but takes over the lock of a process that has died.
 * @param file the path of the lock file
 * @param onWait called once, when the wait begins
 * @returns a function that releases the lock
 */
export async function lock(file: string, onWait: () => void = () => {}): Promise<() => Promise<void>> {
  for (let waited = false; ; ) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(`${process.pid} ${namespace()}`)
      await handle.close()
      // Keeps the lock file's modification time recent, because processes in other pid namespaces have no other way to
      // tell that this process is alive.
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

/**
 * Returns a name for the pid namespace of this process. Containers and machines that share the cache have different pid
 * namespaces.
 */
function namespace(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

/**
 * Whether the process that holds the lock has died. If that process is in another pid namespace or its id is unknown,
 * the lock counts as abandoned once the lock file is older than `ABANDONED_MS`.
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

/**
 * Removes the lock file if it still contains `holder`. If it contains anything else, another process has acquired the
 * lock.
 */
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
