import { readFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Plugin } from 'esbuild'
import { SetupError } from '../errors'
import type { Store } from '../stores/store'
import type { Started } from './process'
import { within } from './within'

const READY_MS = 30_000

/**
 * Replaces `import.meta.url` in a bundle with the URL of the source file, because the store reads a file next to its
 * sources.
 */
const keepImportUrl: Plugin = {
  name: 'keep-import-url',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]support[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)) }
    }),
}

/**
 * Bundles a TypeScript module into JavaScript for a worker thread. If the thread used a TypeScript loader instead, it
 * would take three times as long to start.
 */
async function codeOf(module: URL): Promise<string> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(module)],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    conditions: ['s3cr-source'],
    plugins: [keepImportUrl],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * Starts a store in a worker thread. The thread always ends when this process exits.
 * @param onEnd called with a message if the thread exits before `stop` is called
 * @throws SetupError with the reason if the store does not start
 */
export async function startThread(store: Store, onEnd: (message: string) => void): Promise<Started> {
  const { thread, title, version = 'unknown' } = store
  if (!thread) throw new SetupError(`${title} cannot be started in a thread.`)
  const notStarted = (why: string) => new SetupError(`${title} ${version} did not start: ${why}`)
  const code = await codeOf(thread.module).catch(({ message }) => {
    throw notStarted(message)
  })
  const worker = new Worker(code, { eval: true, execArgv: [] })
  let isStopped = false
  let why = ''
  // The thread exits after an error, and the handler for `exit` then reports the error.
  worker.on('error', (error) => (why = error.stack ?? String(error)))
  const ended = new Promise<string>((resolve) => {
    worker.on('exit', (code) => resolve(why || `its thread exited with code ${code}`))
  })
  const ready = new Promise<{ endpoint: string }>((resolve) => {
    worker.once('message', (endpoint: string) => resolve({ endpoint }))
  })
  const first = await within(READY_MS, Promise.race([ready, ended])).catch(() => undefined)
  if (first === undefined || typeof first === 'string') {
    await worker.terminate()
    throw notStarted(first ?? `not ready after ${READY_MS / 1_000} s`)
  }
  void ended.then((message) => {
    if (!isStopped) onEnd(`${title} ${version} exited during the run: ${message}`)
  })
  // The thread must not keep this process alive.
  worker.unref()
  const stop = async () => {
    isStopped = true
    await worker.terminate()
  }
  return { endpoint: first.endpoint, version, stop }
}
