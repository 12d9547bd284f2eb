import { Worker } from 'node:worker_threads'
import { SetupError } from '../errors'
import type { Store } from '../stores/store'
import type { Started } from './process'

const READY_MS = 30_000

/**
 * Starts a store in a thread of this process, which ends with the process in whatever way that ends.
 * @param onEnd receives a message if the store ends before it is stopped; nothing else tells so
 * @throws SetupError with the error of a store that does not start
 */
export async function startThread(store: Store, onEnd: (message: string) => void): Promise<Started> {
  const { thread, title, version = 'unknown' } = store
  if (!thread) throw new SetupError(`${title} cannot be started in a thread.`)
  const worker = new Worker(thread.module, { execArgv: ['--conditions=s3cr-source'] })
  let isStopped = false
  let why = ''
  // With an error, the thread exits as well.
  worker.on('error', (error) => (why = error.stack ?? String(error)))
  const ended = new Promise<string>((resolve) => {
    worker.on('exit', (code) => resolve(why || `its thread ended with ${code}`))
  })
  const timeout = AbortSignal.timeout(READY_MS)
  const late = new Promise<undefined>((resolve) => timeout.addEventListener('abort', () => resolve(undefined)))
  const ready = new Promise<{ endpoint: string }>((resolve) => {
    worker.once('message', (endpoint: string) => resolve({ endpoint }))
  })
  const first = await Promise.race([ready, ended, late])
  if (first === undefined || typeof first === 'string') {
    await worker.terminate()
    throw new SetupError(`${title} ${version} did not start: ${first ?? `not ready after ${READY_MS / 1_000} s`}`)
  }
  void ended.then((message) => {
    if (!isStopped) onEnd(`${title} ${version} ended during the run: ${message}`)
  })
  // It keeps no process that has nothing else to do.
  worker.unref()
  const stop = async () => {
    isStopped = true
    await worker.terminate()
  }
  return { endpoint: first.endpoint, version, stop }
}
