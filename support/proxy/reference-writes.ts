import type { Key, State } from 's3-reference-store/rules'
import { sayRefusal } from './reference-answers'
import { type Body, spool, textOf } from './reference-body'
import { bucketOf, isBucketThere, look, sourceOf, stateOf } from './reference-state'
import { ask, forward, judge, pass, refuse, refuseUnknown, type Turn } from './reference-turn'
import type { Completed } from './reference-uploads'

const NOTHING: Key = {}

/** The name under which a key is locked. */
export const lockOf = (bucket: string, key: string) => `${bucket}/${key}`

/** The body of a write, complete. */
export async function bodyOf(turn: Turn): Promise<Body> {
  if (turn.awaitsBody) turn.outgoing.writeContinue()
  return spool(turn.incoming)
}

/** Whether a write that awaits `100 Continue` is refused for its headers alone; its body is not asked for then. */
export function isRefusedEarly(turn: Turn): boolean {
  if (!turn.awaitsBody || turn.isPlain) return false
  const quiet = { ...turn, house: { ...turn.house, log: undefined } }
  const early = judge(quiet, stateOf(turn, NOTHING))
  if (early?.kind !== 'refused' || ![400, 403, 501].includes(early.error.status)) return false
  judge(turn, stateOf(turn, NOTHING))
  refuse(turn, early)
  return true
}

/** PutObject: judged when its body is there (P26), and alone with its key until it is answered. */
export async function put(turn: Turn): Promise<void> {
  if (isRefusedEarly(turn)) return
  const { house, call } = turn
  const { bucket, key = '' } = call
  const lock = lockOf(bucket, key)
  const deletes = house.deletes.watch(lock)
  const body = await bodyOf(turn).finally(deletes.end)
  try {
    await house.locks.holding([lock], async () => {
      if (await isRefused(turn, async () => ({ ...(await keyState(turn)), deletedMeanwhile: deletes.seen() }))) return
      const headers = { ...house.tags.strip(call.headers), 'content-length': String(body.size) }
      say(turn, await ask(turn, { headers, body: body.stream() }))
    })
  } finally {
    await body.discard()
  }
}

/** DeleteObject. */
export async function remove(turn: Turn): Promise<void> {
  const { house, call } = turn
  await house.locks.holding([lockOf(call.bucket, call.key ?? '')], async () => {
    if (await isRefused(turn, () => keyState(turn))) return
    say(turn, await ask(turn, {}))
  })
}

/** CopyObject, alone with both of its keys, and UploadPartCopy, alone with its source. */
export async function copy(turn: Turn): Promise<void> {
  const { house, call, request } = turn
  const { bucket, key = '', operation } = call
  const source = sourceOf(call.headers['x-amz-copy-source'] ?? '')
  const isPart = operation === 'UploadPartCopy'
  const locks = [lockOf(source.bucket, source.key), ...(isPart ? [] : [lockOf(bucket, key)])]
  const { ifMatch, ifNoneMatch } = call.conditions
  const isOnDestination = !isPart && (ifMatch ?? ifNoneMatch) !== undefined
  const isOnSource = Object.keys(call.headers).some((name) => name.startsWith('x-amz-copy-source-if-'))
  await house.locks.holding(call.isConditional ? locks : isPart ? [] : locks.slice(1), async () => {
    if (!turn.isPlain) {
      const lookAtSource = () => look(turn, source.bucket, source.key, source.versionId)
      const [from, to] = await Promise.all([
        isOnSource ? lookAtSource() : THERE,
        isOnDestination ? look(turn, bucket, key) : NOTHING,
      ])
      const more = { ...request, ...(source.versionId !== undefined && { sourceVersionId: source.versionId }) }
      const expected = judge(turn, stateOf(turn, to, { source: from }), more)
      const isMissing = async () => {
        const { current, addressed } = isOnSource ? from : await lookAtSource()
        return (current ?? addressed) === undefined
      }
      // Of a source that is missing the store behind says itself what is missing.
      if (
        expected?.kind === 'refused' &&
        !(expected.error.status !== 403 && expected.error.status !== 501 && (await isMissing()))
      ) {
        return refuse(turn, expected)
      }
      if (!expected && !(await isMissing())) return refuseUnknown(turn)
    }
    say(turn, await ask(turn, { headers: house.tags.strip(call.headers) }))
  })
}

/** Stands in for a source of which nothing is asked but that it is there. */
const THERE_VERSION = { etag: '""', lastModified: new Date(0), size: Number.MAX_SAFE_INTEGER }
const THERE: Key = { current: THERE_VERSION, addressed: THERE_VERSION }

/** CompleteMultipartUpload; one that is completed already is answered what it was (M19). */
export async function complete(turn: Turn): Promise<void> {
  if (isRefusedEarly(turn)) return
  const { house, call } = turn
  const { bucket, key = '' } = call
  const id = call.query.get('uploadId') ?? ''
  const body = await bodyOf(turn)
  await house.locks.holding([lockOf(bucket, key)], async () => {
    const upload = house.uploads.find(id)
    if (upload?.state === 'completed' && upload.answer) return sayAgain(turn, upload.answer)
    const state = async () => ({ ...(await keyState(turn)), ...(upload && { upload }) })
    if (await isRefused(turn, state, (status) => house.uploads.refused(id, status))) return
    const headers = { ...call.headers, 'content-length': String(body.size) }
    const done = await ask(turn, { headers, body: body.stream() })
    const said = say(turn, done, id)
    if (done.status === 200 && !done.body.includes('<Error>')) house.uploads.completed(id, said)
  })
}

/** CreateMultipartUpload: what its key holds is remembered. */
export async function createUpload(turn: Turn): Promise<void> {
  const { house, call } = turn
  const { bucket, key = '' } = call
  if (await isRefused(turn, async () => stateOf(turn, NOTHING))) return
  const headers = house.tags.strip(call.headers)
  const [holds, done] = await Promise.all([look(turn, bucket, key), ask(turn, { headers })])
  const [, id] = /<UploadId>([^<]*)</.exec(done.body) ?? []
  if (id !== undefined) {
    house.uploads.created(id, bucket, key, holds.current !== undefined)
    house.tags.strip(call.headers, id)
  }
  sayAgain(turn, done, done.status)
}

/** UploadPart: its body goes on as it comes; no condition is about it. */
export async function uploadPart(turn: Turn): Promise<void> {
  const upload = turn.house.uploads.find(turn.call.query.get('uploadId') ?? '')
  if (await isRefused(turn, async () => stateOf(turn, NOTHING, { ...(upload && { upload }) }))) return
  if (turn.awaitsBody) turn.outgoing.writeContinue()
  pass(turn, await forward(turn, { body: turn.incoming }))
}

/** What the key of a write holds, looked at only where a condition is about it. */
async function keyState(turn: Turn): Promise<State> {
  const { call, request } = turn
  const key = call.isConditional ? await look(turn, call.bucket, call.key ?? '', request.versionId) : NOTHING
  return { now: new Date(), bucket: bucketOf(turn), key }
}

/**
 * Judges a write, and refuses it where it has to be.
 * @param refused is told the status
 */
export async function isRefused(
  turn: Turn,
  state: () => Promise<State>,
  refused = (_: number) => {},
): Promise<boolean> {
  const { call, outgoing } = turn
  const conflict = turn.faults.some(({ fault }) => fault === 'conflict')
  if (conflict) {
    refused(409)
    sayRefusal(outgoing, conflictOf(turn), false)
    return true
  }
  if (turn.isPlain) return false
  const now = await state()
  const expected = judge(turn, now)
  if (expected?.kind === 'accepted') return false
  if (!expected) refuseUnknown(turn)
  else {
    const { error } = expected
    refused(error.status)
    const isBucketMissing = error.code === 'NoSuchKey' && !now.key.deleteMarker && !(await isBucketThere(turn))
    const elements = { BucketName: call.bucket }
    refuse(turn, isBucketMissing ? { ...expected, error: { status: 404, code: 'NoSuchBucket', elements } } : expected)
  }
  return true
}

function conflictOf({ call }: Turn) {
  const { ifMatch, ifNoneMatch } = call.conditions
  const condition = ifNoneMatch !== undefined ? 'If-None-Match' : ifMatch !== undefined ? 'If-Match' : undefined
  const code = 'ConditionalRequestConflict'
  return { status: 409, code, ...(condition && { condition }), ...(call.key !== undefined && { key: call.key }) }
}

/** Answers a write as the store behind does, with the entity tag that the object has here. */
export function say(turn: Turn, done: Awaited<ReturnType<typeof ask>>, upload?: string): Completed {
  const { house, call } = turn
  const { bucket, key = '', isDirectory, headers, operation } = call
  const isDone = done.status < 300 && !/<Error>/.test(done.body)
  const isPart = operation === 'UploadPartCopy'
  if (isDone && !isPart) house.uploads.changed(bucket, key)
  if (isDone && operation === 'DeleteObject') house.deletes.note(lockOf(bucket, key))
  const isMade = isDone && !isPart && operation !== 'DeleteObject'
  const said = isMade
    ? house.tags.written({ bucket, key, isDirectory, headers, ...(upload && { upload }) }, done.headers, done.body)
    : done
  const answer = { headers: said.headers, body: said.body ?? '' }
  sayAgain(turn, answer, done.status)
  return answer
}

export function sayAgain({ outgoing }: Turn, { headers, body }: Completed, status = 200): void {
  const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...kept } = headers
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
  outgoing.writeHead(status, { ...kept, ...length }).end(status === 204 ? undefined : body)
}

/** A small body, complete. */
export async function smallBodyOf(turn: Turn): Promise<string> {
  if (turn.awaitsBody) turn.outgoing.writeContinue()
  return textOf(turn.incoming)
}
