import { spawn } from 'node:child_process'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readSettings } from './targets/settings'
import { startTarget } from './targets/start'

// How much of a run is the suite itself? `npm run bench:replay` records the requests of a run on LocalStack, times a
// run, and times the same requests sent bare, by a script that does nothing else, with as many at once as the suite has
// workers. It prints both times and their ratio.

interface Recorded {
  method: string
  path: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** Sends a request and reads the whole answer. */
function send(agent: Agent, upstream: URL, { method, path, headers, body }: Recorded): Promise<void> {
  return new Promise((resolve) => {
    const sent = request(
      { agent, hostname: upstream.hostname, port: upstream.port, method, path, headers },
      (answer) => {
        answer.on('close', resolve)
        answer.resume()
      },
    )
    // As long as the suite waits for the bytes that a store has announced and does not send.
    sent.setTimeout(2_000, () => sent.destroy())
    sent.on('error', () => resolve())
    sent.end(body)
  })
}

/** A proxy that remembers every request in the order in which they came. */
async function recorder(upstream: URL) {
  const recorded: Recorded[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = '', url: path = '', headers } = incoming
    const body = Buffer.concat(chunks)
    if (!path.startsWith('/_')) recorded.push({ method, path, headers, body })
    const { hostname, port } = upstream
    request({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
      // After a copy that it refused, LocalStack sends more bytes of the object than it has announced.
      .on('error', () => outgoing.destroy())
      .end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { endpoint, recorded, close: () => server.closeAllConnections() ?? server.close() }
}

/** Runs the specs against an endpoint; returns the seconds that the tests took, without loading and starting. */
function suite(endpoint: string): Promise<number> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'specs', 'specs', '--reporter=default']
  const child = spawn(process.execPath, args, { env: { ...process.env, S3_TARGET: 'endpoint', S3_ENDPOINT: endpoint } })
  const start = performance.now()
  child.stderr.pipe(process.stderr)
  child.stdout.resume()
  return new Promise((resolve) => child.on('close', () => resolve((performance.now() - start) / 1_000)))
}

async function replay(upstream: URL, requests: readonly Recorded[], concurrency: number): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  const queue = requests.values()
  const start = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const next of queue) await send(agent, upstream, next)
    }),
  )
  agent.destroy()
  return (performance.now() - start) / 1_000
}

/** As in vitest.config.ts. */
const workers = 4
const target = await startTarget(readSettings({ S3_TARGET: 'localstack-process' }), console.log)
try {
  const upstream = new URL(target.endpoint ?? '')
  const { endpoint, recorded, close } = await recorder(upstream)
  await suite(endpoint)
  close()
  const whole = await suite(upstream.origin)
  const bare = await replay(upstream, recorded, workers)
  console.log(`${recorded.length} requests, ${workers} at once`)
  console.log(`the suite:  ${whole.toFixed(1)} s`)
  console.log(`replayed:   ${bare.toFixed(1)} s`)
  console.log(`ratio:      ${(whole / bare).toFixed(2)}`)
} finally {
  await target.stop()
}
process.exit()
