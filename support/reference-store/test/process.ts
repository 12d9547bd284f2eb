import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Running {
  readonly child: ChildProcess
  readonly stdout: string
  readonly stderr: string
  /**
   * Resolves with all lines printed to stdout so far, once the process prints the line `ready`. Rejects if the process
   * exits first.
   */
  readonly ready: Promise<readonly string[]>
  /** Resolves with the exit code, or with the signal that terminated the process. */
  readonly ended: Promise<number | string>
}

export function startNode(args: readonly string[]): Running {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      printed[name] += text
    })
  }
  const ready = new Promise<readonly string[]>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (/^ready$/m.test(printed.stdout)) resolve(printed.stdout.trimEnd().split('\n'))
    })
    child.on('close', () =>
      reject(new Error(`The command exited before it was ready: ${printed.stdout}${printed.stderr}`)),
    )
  })
  // A test that expects the command to fail does not await `ready`, so the rejection must not count as unhandled.
  ready.catch(() => {})
  return {
    child,
    get stdout() {
      return printed.stdout
    },
    get stderr() {
      return printed.stderr
    },
    ready,
    ended: once(child, 'exit').then(([code, signal]) => code ?? signal),
  }
}

/** Runs `node`, and resolves when the process has exited. */
export async function runNode(args: readonly string[]): Promise<{ code: number | string; out: string; err: string }> {
  const running = startNode(args)
  await once(running.child, 'close')
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

/**
 * Returns headers that identify the user who has this access key ID. They contain a dummy signature, because the store
 * does not verify it.
 */
export function signedBy(accessKeyId: string): Record<string, string> {
  const scope = `${accessKeyId}/20260101/us-east-1/s3/aws4_request`
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  }
}

/** Sends a request as the owner of the buckets. */
export function send(url: string, method: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method, headers: { ...signedBy('test'), ...headers }, body: method === 'PUT' ? '' : null })
}
