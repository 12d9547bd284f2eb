import { readlinkSync } from 'node:fs'
import { link, open, readFile, rename, rm, stat, unlink, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'

/** How often the holder of a lock says that it lives, and how long it may be silent. */
const BEAT_MS = 2_000
const SILENT_MS = 10_000

/**
 * Takes a lock file, waiting while a living process holds it and taking it over from a dead one.
 * @param onWait called once if there is something to wait for
 * @returns gives the lock back
 */
export async function lock(file: string, onWait: () => void = () => {}): Promise<() => Promise<void>> {
  for (let waited = false; ; ) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(`${process.pid} ${here()}`)
      await handle.close()
      // By its age, those who cannot see this process tell whether it lives.
      const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), BEAT_MS).unref()
      return () => {
        clearInterval(beat)
        return rm(file, { force: true })
      }
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

/** Where a process id means this process: another container, or machine, that has the folder gives it to another one. */
function here(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

/**
 * A lock whose process is gone; where its process cannot be seen, or there is none in it, when nothing has been heard of
 * it for ten seconds.
 */
async function isAbandoned(file: string, holder: string): Promise<boolean> {
  const [, number, where] = /^(\d+)(?: (.+))?$/.exec(holder) ?? []
  const pid = Number(number ?? 0)
  if (!pid || (where !== undefined && where !== here())) {
    return Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs > SILENT_MS
  }
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
