import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Request } from 's3-reference-store/rules'
import type { Operation } from '../evidence/fact'
import type { Credentials } from '../stores/store'
import { openUpstream, type RunningProxy, startProxy } from './proxy'
import { annotations } from './reference-annotations'
import { say as answerWith, sayRefusal } from './reference-answers'
import { textOf } from './reference-body'
import { removeMany } from './reference-delete-objects'
import { abort, append, createSession, listBuckets, rename } from './reference-directory'
import { type Fault, newFaults, readFault } from './reference-faults'
import { newDeletes, newLocks } from './reference-locks'
import { type Buckets, newBuckets, readPolicy } from './reference-policy'
import { read } from './reference-reads'
import { type Call, readCall } from './reference-request'
import { verify } from './reference-signature'
import { newTags } from './reference-tags'
import { ask, forward, type House, pass, refuse, type Turn } from './reference-turn'
import { newUploads } from './reference-uploads'
import { complete, copy, createUpload, put, remove, sayAgain, smallBodyOf, uploadPart } from './reference-writes'

export interface ReferenceOptions {
  /** What it calls itself. */
  readonly version?: string
  /** A free one, where it is absent. */
  readonly port?: number
  readonly faults?: readonly Fault[]
  /** Gets a line for every conditional request, with the facts behind its answer. */
  readonly log?: (line: string) => void
}

/**
 * The reference store: the store behind only keeps what it is given, and here every condition is evaluated by `support/rules`.
 * @param upstream base URL of the store behind, to which nobody else may send anything
 * @param owner the key pair that owns all buckets; who comes with `guest` or with none is bound by their policies
 */
export async function startReference(
  upstream: string,
  owner: Credentials,
  options: ReferenceOptions = {},
): Promise<RunningProxy> {
  const store = openUpstream(upstream)
  const house: House = {
    store,
    owner,
    locks: newLocks(),
    deletes: newDeletes(),
    uploads: newUploads(),
    tags: newTags(),
    buckets: newBuckets(),
    faults: newFaults(options.faults),
    version: options.version ?? 'unknown',
    ...(options.log && { log: options.log }),
  }
  const handle = (awaitsBody: boolean) => (incoming: IncomingMessage, outgoing: ServerResponse) => {
    outgoing.on('error', () => {})
    // Without an answer of the store behind there is none here.
    answer(house, incoming, outgoing, awaitsBody).catch(() => outgoing.destroy())
  }
  const { port = 0 } = options
  const proxy = await startProxy(handle(false), { port, expecting: handle(true) })
  return {
    ...proxy,
    close: async () => {
      await proxy.close()
      store.close()
    },
  }
}

const BY_OPERATION: Readonly<Partial<Record<Operation, (turn: Turn) => Promise<void>>>> = {
  GetObject: read,
  HeadObject: read,
  PutObject: put,
  CopyObject: copy,
  UploadPartCopy: copy,
  UploadPart: uploadPart,
  CreateMultipartUpload: createUpload,
  CompleteMultipartUpload: complete,
  AbortMultipartUpload: abort,
  DeleteObject: remove,
  DeleteObjects: removeMany,
  RenameObject: rename,
}

async function answer(
  house: House,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  awaitsBody: boolean,
): Promise<void> {
  if (incoming.url?.startsWith('/_reference/')) return control(house, incoming, outgoing)
  const call = readCall(incoming)
  const faults = house.faults.meet(call.operation ?? 'other', call.key === undefined ? [] : [call.key])
  for (const { fault } of faults)
    house.log?.(`${call.operation ?? call.method} ${call.bucket}/${call.key ?? ''} → ${fault}, as was asked for`)
  for (const { milliseconds = 0 } of faults) await new Promise((resolve) => setTimeout(resolve, milliseconds))
  const turn = turnOf(house, call, incoming, outgoing, awaitsBody, faults)
  if (faults.some(({ fault }) => fault === 'unavailable')) return refuseWith(turn, { status: 503, code: 'SlowDown' })
  if (faults.some(({ fault }) => fault === 'lost-answer')) {
    outgoing.writeHead = () => outgoing.destroy()
  }
  const { refused } = turn.access
  if (refused) return refuseWith(turn, refused)
  const signed = verify(call, incoming.headers, house.owner)
  if ('refused' in signed) return refuseWith(turn, signed.refused)
  const request = { ...turn.request, ...(signed.signature && { signature: signed.signature }) }
  const ready = { ...turn, request, isPlain: turn.isPlain && signed.signature === undefined }
  const isAppend = call.operation === 'PutObject' && call.isDirectory && call.conditions.writeOffsetBytes !== undefined
  if (isAppend) return append(ready)
  if (call.query.has('annotation') && call.key !== undefined) return annotations(ready)
  const own = call.operation && BY_OPERATION[call.operation]
  return own ? own(ready) : other(ready)
}

function turnOf(
  house: House,
  call: Call,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  awaitsBody: boolean,
  faults: readonly Fault[],
): Turn {
  const access = house.buckets.access(call)
  const request: Request = {
    operation: call.operation ?? 'GetObject',
    key: call.key ?? '',
    headers: call.conditions,
    otherHeaders: Object.keys(call.headers),
    ...(call.isWebsite && { endpoint: 'website' }),
    ...(call.query.has('versionId') && { versionId: call.query.get('versionId') ?? '' }),
    ...(call.query.has('partNumber') && { partNumber: Number(call.query.get('partNumber')) }),
    ...(access.caller && { caller: access.caller }),
  }
  const isPlain = !call.isConditional && call.who === 'owner' && access.policy === undefined
  return { house, call, incoming, outgoing, access, request, awaitsBody, isPlain, faults }
}

function refuseWith(turn: Turn, error: Parameters<typeof refuse>[1]['error']): void {
  refuse(turn, { kind: 'refused', effect: 'unchanged', steps: [], error })
}

/** What no condition is about is passed on; what it tells of a bucket is remembered. */
async function other(turn: Turn): Promise<void> {
  const { call, house } = turn
  const { method, bucket, key, query } = call
  if (call.isDirectory && query.has('session')) return createSession(turn)
  if (bucket === '' && method === 'GET') return listBuckets(turn)
  if (method === 'PUT' && key === undefined && (query.has('policy') || query.has('versioning'))) return configure(turn)
  if (turn.awaitsBody) turn.outgoing.writeContinue()
  const isListed = method === 'GET' && house.tags.has(bucket) && (key === undefined || query.has('attributes'))
  if (isListed) {
    const done = await ask(turn, {})
    const version = done.headers['x-amz-version-id']
    const body = house.tags.listed(bucket, done.body, key, version === undefined ? undefined : String(version))
    return sayAgain(turn, { headers: done.headers, body }, done.status)
  }
  const done = await forward(turn, method === 'PUT' || method === 'POST' ? { body: turn.incoming } : {})
  if (method === 'DELETE' && key === undefined && (done.statusCode ?? 500) < 300) {
    const isBucket = [...query.keys()].every((name) => name === 'x-id')
    if (isBucket) house.buckets.removed(bucket)
    else if (query.has('policy')) house.buckets.setPolicy(bucket, undefined)
  }
  pass(turn, done)
}

async function configure(turn: Turn): Promise<void> {
  const { call, house } = turn
  const body = await smallBodyOf(turn)
  const policy = call.query.has('policy') ? readPolicy(body) : undefined
  if (policy && 'status' in policy) return refuseWith(turn, policy)
  const headers = { ...call.headers, 'content-length': String(Buffer.byteLength(body)) }
  const done = await ask(turn, { headers, body: Readable.from([Buffer.from(body)]) })
  if (done.status < 300) {
    if (policy) house.buckets.setPolicy(call.bucket, policy)
    else house.buckets.setVersioning(call.bucket, versioningIn(body))
  }
  sayAgain(turn, done, done.status)
}

function versioningIn(body: string): ReturnType<Buckets['versioning']> {
  return /<Status>Enabled/.test(body) ? 'enabled' : 'suspended'
}

/** Faults while it runs: POST a fault a line to `/_reference/faults`, GET those that wait, DELETE all. */
async function control(house: House, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { url = '', method } = incoming
  if (url === '/_reference/health')
    return void outgoing
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ version: house.version }))
  if (url !== '/_reference/faults') return sayRefusal(outgoing, { status: 404, code: 'NoSuchKey' }, false)
  try {
    if (method === 'POST') {
      const lines = (await textOf(incoming)).split('\n').filter((line) => line.trim() !== '')
      for (const fault of lines.map((line) => readFault(line.trim()))) house.faults.add(fault)
    }
    if (method === 'DELETE') house.faults.clear()
    if (method !== 'GET') return answerWith(outgoing, 204)
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(house.faults.list()))
  } catch (error) {
    outgoing.writeHead(400, { 'content-type': 'text/plain' }).end(`${(error as Error).message}\n`)
  }
}
