import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Key, Request } from 's3-reference-store/rules'
import { say as answerWith, elementsOf } from './reference-answers'
import { type Body, isChunked, spool, unchunked } from './reference-body'
import { encodeKey } from './reference-request'
import { initiatedAt, look, sourceOf, stateOf } from './reference-state'
import { ask, forward, judge, refuse, refuseUnknown, type Turn } from './reference-turn'
import { bodyOf, isRefused, isRefusedEarly, lockOf, say, sayAgain } from './reference-writes'

/** CreateSession: the session has the caller's own key pair, which is believed as that is. */
export function createSession({ outgoing, house, call }: Turn): void {
  const { accessKeyId, secretAccessKey } =
    call.who === 'guest' ? { accessKeyId: 'guest', secretAccessKey: 'guest' } : house.owner
  const elements = {
    SessionToken: 'session',
    SecretAccessKey: secretAccessKey,
    AccessKeyId: accessKeyId,
    Expiration: new Date(Date.now() + 300_000).toISOString(),
  }
  const xml = `<CreateSessionResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Credentials>${elementsOf(elements)}</Credentials></CreateSessionResult>`
  answerWith(outgoing, 200, xml)
}

/** ListBuckets has the general purpose buckets, ListDirectoryBuckets the others. */
export async function listBuckets(turn: Turn): Promise<void> {
  const isDirectories =
    turn.call.query.get('x-id') === 'ListDirectoryBuckets' || turn.call.host.startsWith('s3express-control')
  const done = await ask(turn, isDirectories ? { path: '/' } : {})
  const is = (bucket: string) => /--x-s3<\/Name>/.test(bucket)
  if (!isDirectories) {
    const body = done.body.replace(/<Bucket>.*?<\/Bucket>/gs, (bucket) => (is(bucket) ? '' : bucket))
    return sayAgain(turn, { headers: done.headers, body }, done.status)
  }
  const buckets = (done.body.match(/<Bucket>.*?<\/Bucket>/gs) ?? []).filter(is)
  const xml = `<ListAllMyDirectoryBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets>${buckets.join('')}</Buckets></ListAllMyDirectoryBucketsResult>`
  answerWith(turn.outgoing, 200, xml)
}

/** PutObject with x-amz-write-offset-bytes: the object is written anew behind, with the bytes at its end. */
export async function append(turn: Turn): Promise<void> {
  const { house, call } = turn
  const { bucket, key = '' } = call
  if (isRefusedEarly(turn)) return
  const sent = await bodyOf(turn)
  const body = isChunked(call.headers) ? await spool(unchunked(sent.stream())) : sent
  try {
    await house.locks.holding([lockOf(bucket, key)], async () => {
      const holds = await look(turn, bucket, key)
      const wrong = await checksumOf(turn, body, holds)
      const about = { size: body.size, ...(wrong && { checksum: wrong }) }
      const expected = judge(turn, stateOf(turn, holds), { body: about })
      if (!expected) return refuseUnknown(turn)
      if (expected.kind === 'refused') return refuse(turn, expected)
      const path = `/${bucket}/${encodeKey(key)}`
      const before = holds.current ? await forward(turn, { method: 'GET', path, headers: {} }) : undefined
      const whole = await spool(joined(before, body))
      const kept = Object.entries(call.headers).filter(
        ([name]) => !/^(content-md5|x-amz-(checksum|sdk-checksum|trailer|content-sha256|decoded))/.test(name),
      )
      const { 'content-encoding': encoding, ...headers } = Object.fromEntries(kept)
      const own = encoding?.replace(/,?\s*aws-chunked|aws-chunked,?\s*/, '')
      const length = { 'content-length': String(whole.size), ...(own && { 'content-encoding': own }) }
      const done = await ask(turn, { headers: { ...headers, ...length }, body: whole.stream() })
      await whole.discard()
      say(turn, { ...done, headers: { ...done.headers, 'x-amz-object-size': String(whole.size) } })
    })
  } finally {
    await Promise.all([sent.discard(), body.discard()])
  }
}

async function* joined(before: AsyncIterable<Buffer> | undefined, body: Body): AsyncGenerator<Buffer> {
  if (before) yield* before
  yield* body.stream()
}

const HASHES: Readonly<Record<string, (bytes: Buffer) => string>> = {
  'x-amz-checksum-crc32': (bytes) => {
    const word = Buffer.alloc(4)
    word.writeUInt32BE(crc32(bytes))
    return word.toString('base64')
  },
  'x-amz-checksum-sha1': (bytes) => createHash('sha1').update(bytes).digest('base64'),
  'x-amz-checksum-sha256': (bytes) => createHash('sha256').update(bytes).digest('base64'),
}

/**
 * What is wrong with the checksum in an append's headers: it is not that of the bytes, which of those that Node cannot
 * compute is not asked, or the object has one of another type.
 */
async function checksumOf(turn: Turn, body: Body, { current }: Key): Promise<NonNullable<Request['body']>['checksum']> {
  const { call } = turn
  const [name, value] = Object.entries(call.headers).find(([header]) => HASHES[header]) ?? []
  if (!name || body.size === 0 || !current) return undefined
  const chunks: Buffer[] = []
  for await (const chunk of body.stream()) chunks.push(chunk)
  if (HASHES[name]?.(Buffer.concat(chunks)) !== value) return 'wrong'
  const path = `/${call.bucket}/${encodeKey(call.key ?? '')}`
  const stored = await ask(turn, { method: 'HEAD', path, headers: { 'x-amz-checksum-mode': 'ENABLED' } })
  // CRC64NVME is what the store behind gives to an object that came without a checksum, an appended one among them.
  const types = Object.keys(stored.headers).filter((header) => /^x-amz-checksum-(crc32c?|sha)/.test(header))
  return types.length > 0 && !types.includes(name) ? 'of another type' : undefined
}

/** Client tokens of renames, with what they were used for. */
const tokens = new WeakMap<object, Map<string, string>>()

/** RenameObject: a copy and a delete behind, both keys locked; the entity tag stays. */
export async function rename(turn: Turn): Promise<void> {
  const { house, call } = turn
  const { bucket, key = '', headers } = call
  const source = sourceOf(
    `/${bucket}/${(headers['x-amz-rename-source'] ?? '').replace(/^\//, '').replace(`${bucket}/`, '')}`,
  )
  const used = tokens.get(house) ?? new Map<string, string>()
  tokens.set(house, used)
  const token = headers['x-amz-client-token']
  const about = `${bucket}/${source.key} ${key}`
  await house.locks.holding([lockOf(bucket, source.key), lockOf(bucket, key)], async () => {
    const [to, from] = await Promise.all([look(turn, bucket, key), look(turn, bucket, source.key)])
    const before = token === undefined ? undefined : used.get(token)
    const clientToken =
      before === undefined ? {} : ({ clientToken: before === about ? 'used' : 'used for something else' } as const)
    const expected = judge(turn, stateOf(turn, to, { source: from, ...clientToken }))
    if (!expected) return refuseUnknown(turn)
    if (expected.kind === 'refused') return refuse(turn, expected)
    if (expected.effect === 'renamed') {
      const path = `/${bucket}/${encodeKey(key)}`
      const copy = { 'x-amz-copy-source': `/${bucket}/${encodeKey(source.key)}` }
      const done = await ask(turn, { method: 'PUT', path, headers: copy })
      if (done.status !== 200) return sayAgain(turn, done, done.status)
      await ask(turn, { method: 'DELETE', path: `/${bucket}/${encodeKey(source.key)}`, headers: {} })
      house.tags.moved(bucket, source.key, key, done.body)
      for (const changed of [source.key, key]) house.uploads.changed(bucket, changed)
      if (token !== undefined) used.set(token, about)
    }
    answerWith(turn.outgoing, 200)
  })
}

/** AbortMultipartUpload: in a directory bucket by the time at which the upload was initiated, too. */
export async function abort(turn: Turn): Promise<void> {
  const { house, call } = turn
  const { bucket, key = '' } = call
  const id = call.query.get('uploadId') ?? ''
  const tracked = house.uploads.find(id)
  const initiated = call.isConditional ? await initiatedAt(turn, bucket, key, id) : undefined
  const upload = tracked && { ...tracked, ...(initiated && { initiated }) }
  if (call.isConditional || tracked?.state === 'aborted') {
    const expected = judge(turn, stateOf(turn, {}, { ...(upload && { upload }) }))
    if (!expected) return refuseUnknown(turn)
    if (expected.kind === 'refused') return refuse(turn, expected)
    if (expected.effect === 'unchanged') return answerWith(turn.outgoing, 204)
  } else if (await isRefused(turn, async () => stateOf(turn, {}, { ...(upload && { upload }) }))) return
  const done = await ask(turn, {})
  if (done.status === 204) house.uploads.aborted(id)
  sayAgain(turn, done, done.status)
}
