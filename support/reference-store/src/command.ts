import { readArguments, UsageError } from './arguments.ts'
import { startReferenceStore } from './index.ts'
import type { ReferenceStore } from './types.ts'

/** How long pending requests can delay a shutdown, in seconds. */
const SECONDS_TO_CLOSE = 2

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){1,3}|\[?::1\]?)$/i.test(host)
}

/**
 * Returns the lines to print at startup: the environment variables that AWS SDKs and the AWS CLI read, then `ready`.
 */
function startupLines({ endpoint, credentials, secondUser, clientConfig }: ReferenceStore): string {
  return [
    `AWS_ENDPOINT_URL_S3=${endpoint}`,
    `AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
    `AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
    `AWS_REGION=${clientConfig.region}`,
    `AWS_DEFAULT_REGION=${clientConfig.region}`,
    `# Second user: access key ID ${secondUser.accessKeyId}, secret access key ${secondUser.secretAccessKey}, ${secondUser.arn}`,
    'ready',
  ].join('\n')
}

/** Calls `stop` when the parent process exits, because `npx` and `npm run` do not forward SIGTERM. */
function onParentExit(stop: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, 500).unref()
}

/**
 * Runs the command until SIGINT or SIGTERM.
 * @param args the arguments without `node` and the script path
 * @returns the exit code: 0 on success, 1 if the store cannot start, or 2 for an invalid argument
 */
export async function run(args: readonly string[]): Promise<number> {
  // If the output is piped to a process that exits early, such as `head`, the store keeps running without output.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const print = (text: string) => {
    process.stdout.write(text)
  }
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
    if (process.env.npm_command !== undefined) onParentExit(resolve)
  })
  try {
    const { options, isQuiet, text } = readArguments(args)
    if (text !== undefined) {
      print(text)
      return 0
    }
    const store = await startReferenceStore({ ...options, ...(!isQuiet && { log: (line) => print(`${line}\n`) }) })
    const { host = '127.0.0.1' } = options
    if (!isLoopback(host)) {
      process.stderr.write(`Warning: with --host ${host}, other machines can read from and write to this store.\n`)
    }
    print(`${startupLines(store)}\n`)
    await stopped
    // A delayed response must not keep the process from exiting.
    setTimeout(() => process.exit(0), SECONDS_TO_CLOSE * 1_000).unref()
    await store.close()
    return 0
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}
