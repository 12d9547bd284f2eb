import { createHash } from 'node:crypto'
import { say as answerWith, elementsOf, sayRefusal } from './reference-answers'
import { isChunked, unchunked } from './reference-body'
import { look, stateOf } from './reference-state'
import { judge, refuse, refuseUnknown, type Turn } from './reference-turn'
import { lockOf } from './reference-writes'

interface Annotation {
  readonly payload: Buffer
  readonly etag: string
  readonly modified: Date
}

/** Annotations by bucket and key; the store behind does not have them, and they go with what it holds. */
const stores = new WeakMap<object, Map<string, Map<string, Annotation>>>()

/** PutObjectAnnotation and DeleteObjectAnnotation, on condition that the object has an entity tag (E20), and their reads. */
export async function annotations(turn: Turn): Promise<void> {
  const { house, call, outgoing, incoming } = turn
  const { bucket, key = '', method, query } = call
  const all = stores.get(house.locks) ?? new Map<string, Map<string, Annotation>>()
  stores.set(house.locks, all)
  const place = lockOf(bucket, key)
  const here = all.get(place) ?? new Map<string, Annotation>()
  const name = query.get('annotationName')
  if (turn.awaitsBody) outgoing.writeContinue()
  const chunks: Buffer[] = []
  for await (const chunk of isChunked(call.headers) ? unchunked(incoming) : incoming) chunks.push(chunk)

  await house.locks.holding([place], async () => {
    const holds = await look(turn, bucket, key)
    const missing = { status: 404, code: 'NoSuchKey', key }
    if (method === 'GET' && !holds.current) return sayRefusal(outgoing, missing, false)
    if (method === 'GET' && name === undefined) return answerWith(outgoing, 200, listOf(bucket, key, here))
    if (method === 'GET') return sayAnnotation(turn, here.get(name ?? ''))

    const expected = judge(turn, stateOf(turn, holds))
    if (!expected) return refuseUnknown(turn)
    if (expected.kind === 'refused') return refuse(turn, expected)
    if (method === 'DELETE') {
      here.delete(name ?? '')
      return answerWith(outgoing, 204)
    }
    const payload = Buffer.concat(chunks)
    const etag = `"${createHash('md5').update(payload).digest('hex')}"`
    all.set(place, here.set(name ?? '', { payload, etag, modified: new Date() }))
    const said = elementsOf({ Key: key, AnnotationName: name ?? '' })
    answerWith(outgoing, 200, `<PutObjectAnnotationOutput ${XMLNS}>${said}</PutObjectAnnotationOutput>`, { etag })
  })
}

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'

function sayAnnotation({ outgoing }: Turn, found: Annotation | undefined): void {
  if (!found) return void sayRefusal(outgoing, { status: 404, code: 'NoSuchAnnotation' }, false)
  const { payload, etag, modified } = found
  const headers = { etag, 'last-modified': modified.toUTCString(), 'content-length': payload.length }
  outgoing.writeHead(200, headers).end(payload)
}

function listOf(bucket: string, key: string, here: ReadonlyMap<string, Annotation>): string {
  const entries = [...here].map(([name, { etag, payload, modified }]) => {
    const elements = {
      AnnotationName: name,
      LastModified: modified.toISOString(),
      Size: String(payload.length),
      ETag: etag,
    }
    return `<AnnotationEntry>${elementsOf(elements)}</AnnotationEntry>`
  })
  const about = elementsOf({ Bucket: bucket, Key: key, AnnotationCount: String(here.size) })
  return `<ListObjectAnnotationsOutput ${XMLNS}><Annotations>${entries.join('')}</Annotations>${about}</ListObjectAnnotationsOutput>`
}
