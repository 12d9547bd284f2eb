import { spawn } from 'node:child_process'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import config from '../../vitest.config'
import { vitestCommand } from '../paths'
import { defaultStore } from '../stores/stores'
import { bucketName } from '../targets/buckets'
import { readSettings } from '../targets/settings'
import { startTarget } from '../targets/start'
import { connect, type Target } from '../targets/target'

// How much of a run is the suite itself? `npm run bench:replay` records the requests that the specs send to a store.
// Then it times, in turn, whole runs of the specs, from the start of the command to its end, and the same requests sent
// bare, by this script that does nothing else. They are sent with the same concurrency: each as soon as those have been
// answered that the run had got answers to when it sent it. The store runs all the time. As many reads through a client
// of the SDK show how much of the difference is the SDK, which every spec has to use, and not the suite.

const ROUNDS = 5

interface Recorded {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
  /** Those that had been sent and not been answered when this one was sent. */
  readonly beside: ReadonlySet<Recorded>
  /** The id that CreateMultipartUpload answered. */
  uploadId?: string
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
}

/** Sends a request and reads the whole answer; a connection that the store closes instead counts as one. */
function send(
  agent: Agent,
  { hostname, port }: URL,
  { method, path, headers, body }: Omit<Recorded, 'beside'>,
): Promise<Answer> {
  return new Promise((resolve) => {
    const closed = () => resolve({ status: 502, headers: {}, body: Buffer.alloc(0) })
    const sent = request({ agent, hostname, port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('error', closed)
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', closed)
    sent.end(body)
  })
}

const uploadIdIn = ({ body }: Answer) => /<UploadId>([^<]+)</.exec(body.toString())?.[1]

/** A proxy that remembers every request in the order in which they came. */
async function recorder(upstream: URL) {
  const recorded: Recorded[] = []
  const pending = new Set<Recorded>()
  const agent = new Agent({ keepAlive: true })
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = '', url: path = '', headers } = incoming
    const one: Recorded = { method, path, headers, body: Buffer.concat(chunks), beside: new Set(pending) }
    recorded.push(one)
    pending.add(one)
    const answer = await send(agent, upstream, one)
    pending.delete(one)
    if (method === 'POST' && path.includes('?uploads')) one.uploadId = uploadIdIn(answer)
    outgoing.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    agent.destroy()
    server.closeAllConnections()
    server.close()
  }
  return { endpoint, recorded, close }
}

const seconds = async (work: () => Promise<unknown>) => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

/** Runs the specs against an endpoint. */
function suite(endpoint: string): Promise<void> {
  const args = [vitestCommand, 'run', '--project', 'specs', 'specs']
  const env = { ...process.env, S3_TARGET: 'endpoint', S3_ENDPOINT: endpoint }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) =>
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The suite ended with ${code}:\n${output}`)),
    ),
  )
}

/** Sends the requests again; those that name an upload name the one that is created anew. */
async function replay(upstream: URL, requests: readonly Recorded[]): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  const uploads = new Map<string, string>()
  const pending = new Map<Recorded, Promise<void>>()
  for (const next of requests) {
    await Promise.all([...pending].flatMap(([one, answered]) => (next.beside.has(one) ? [] : answered)))
    const [, was = ''] = /[?&]uploadId=([^&]+)/.exec(next.path) ?? []
    const path = next.path.replace(was, uploads.get(was) ?? was)
    const answered = send(agent, upstream, { ...next, path }).then((answer) => {
      if (next.uploadId) uploads.set(next.uploadId, uploadIdIn(answer) ?? '')
      pending.delete(next)
    })
    pending.set(next, answered)
  }
  await Promise.all(pending.values())
  agent.destroy()
}

/** Sends as many reads with the SDK, as many at once as a run does. */
async function sdk(target: Target, count: number): Promise<void> {
  const client = connect(target)
  const key = { Bucket: bucketName(target.runId), Key: 'key' }
  await client.send(new CreateBucketCommand({ Bucket: key.Bucket }))
  await client.send(new PutObjectCommand({ ...key, Body: 'read again and again' }))
  const { maxWorkers, maxConcurrency } = config.test as { maxWorkers: number; maxConcurrency: number }
  let left = count
  const read = async () => {
    while (left-- > 0) {
      const { Body } = await client.send(new GetObjectCommand(key))
      await Body?.transformToString()
    }
  }
  await Promise.all(Array.from({ length: maxWorkers * maxConcurrency }, read))
  client.destroy()
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
const shown = (times: readonly number[]) =>
  `${median(times).toFixed(2)} s (${times.map((time) => time.toFixed(2)).join(', ')})`

const target = await startTarget(readSettings({ S3_TARGET: `${defaultStore.name}-process` }), console.log)
try {
  console.log(target.headline)
  const upstream = new URL(target.endpoint ?? '')
  const { endpoint, recorded, close } = await recorder(upstream)
  await suite(endpoint)
  close()
  console.log(`${recorded.length} requests, ${ROUNDS} times each; the medians, and all:`)
  const suites: number[] = []
  const replays: number[] = []
  const reads: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    suites.push(await seconds(() => suite(upstream.origin)))
    replays.push(await seconds(() => replay(upstream, recorded)))
    reads.push(await seconds(() => sdk(target, recorded.length)))
  }
  console.log(`the suite:         ${shown(suites)}`)
  console.log(`replayed bare:     ${shown(replays)}`)
  console.log(`reads by the SDK:  ${shown(reads)}`)
  const [bare, bySdk] = [replays, reads].map((times) => (median(suites) / median(times)).toFixed(2))
  console.log(`ratio:             ${bare} to the bare requests, ${bySdk} to the reads by the SDK`)
} finally {
  await target.stop()
}
process.exit()
