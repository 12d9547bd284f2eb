import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Entry } from 's3-reference-store/rules'
import { expectedOf } from 's3-reference-store/rules'
import { elementsOf, entryError } from './reference-answers'
import { isChunked, textOf, unchunked } from './reference-body'
import { DENIED } from './reference-policy'
import { look, stateOf } from './reference-state'
import { unescaped } from './reference-tags'
import { ask, judge, refuse, type Turn } from './reference-turn'
import { isRefused, lockOf, sayAgain } from './reference-writes'

/** DeleteObjects: each entry goes its own way; those that go through are deleted behind, all keys locked. */
export async function removeMany(turn: Turn): Promise<void> {
  const { house, call, access } = turn
  const { bucket } = call
  if (turn.awaitsBody) turn.outgoing.writeContinue()
  const body = await textOf(isChunked(call.headers) ? unchunked(turn.incoming) : turn.incoming)
  const entries = entriesIn(body)
  await house.locks.holding(
    entries.map(({ key }) => lockOf(bucket, key)),
    async () => {
      if (
        turn.faults.some(({ fault }) => fault === 'conflict') &&
        (await isRefused(turn, async () => stateOf(turn, {})))
      )
        return
      const conditional = entries.some(({ etag, size, lastModifiedTime }) => etag ?? size ?? lastModifiedTime)
      const plain = call.who === 'owner' && access.policy === undefined
      const errors = new Map<Entry, string>()
      if (conditional || entries.length > 1000) {
        const keys = await Promise.all(entries.map((entry) => lookAt(turn, entry)))
        const expected = judge(turn, stateOf(turn, {}, { entries: keys }), { entries })
        if (expected?.kind === 'refused') return refuse(turn, expected)
        if (!expected) for (const entry of entries) errors.set(entry, entryError(entry.key, UNKNOWN))
        for (const { entry, outcome } of expected?.entries ?? []) {
          const one = expectedOf(outcome)
          if (!one) errors.set(entry, entryError(entry.key, UNKNOWN))
          else if (one.kind === 'refused') errors.set(entry, entryError(entry.key, one.error))
        }
      }
      if (!plain) {
        for (const entry of entries) {
          const one = house.buckets.access({ ...call, operation: 'DeleteObject', key: entry.key })
          if (one.refused) errors.set(entry, entryError(entry.key, DENIED))
        }
      }
      const going = entries.filter((entry) => !errors.has(entry))
      const quiet = /<Quiet>\s*true/.test(body)
      const done = going.length > 0 ? await removeBehind(turn, going, quiet) : { status: 200, headers: {}, body: EMPTY }
      if (done.status < 300)
        for (const { key } of going) {
          house.uploads.changed(bucket, key)
          house.deletes.note(lockOf(bucket, key))
        }
      const said = [...errors.values()].join('')
      const whole = done.body.replace(/<\/DeleteResult>|<DeleteResult([^>]*)\/>/, (end, attributes) =>
        end.startsWith('</') ? `${said}${end}` : `<DeleteResult${attributes}>${said}</DeleteResult>`,
      )
      sayAgain(turn, { headers: { 'content-type': 'application/xml', ...done.headers }, body: whole }, done.status)
    },
  )
}

const EMPTY =
  '<?xml version="1.0" encoding="UTF-8"?>\n<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></DeleteResult>'
const UNKNOWN = { status: 501, code: 'NotImplemented', message: 'What Amazon S3 answers here is not known.' }

async function lookAt(turn: Turn, { key, versionId, etag, size, lastModifiedTime }: Entry) {
  if ((etag ?? size ?? lastModifiedTime) === undefined) return { addressed: STANDS_IN }
  return look(turn, turn.call.bucket, key, versionId)
}

/** Of an entry without a condition the store behind says itself what it does. */
const STANDS_IN = { etag: '""', lastModified: new Date(0), size: 0 }

function removeBehind(turn: Turn, entries: readonly Entry[], quiet: boolean) {
  const objects = entries.map(({ key, versionId }) => {
    const elements = { Key: key, ...(versionId !== undefined && { VersionId: versionId }) }
    return `<Object>${elementsOf(elements)}</Object>`
  })
  const xml = `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${objects.join('')}${quiet ? '<Quiet>true</Quiet>' : ''}</Delete>`
  const kept = Object.entries(turn.call.headers).filter(
    ([name]) => !/^(content-|x-amz-(checksum|sdk-checksum|trailer|content-sha256|decoded))/.test(name),
  )
  const headers = {
    ...Object.fromEntries(kept),
    'content-type': 'application/xml',
    'content-length': String(Buffer.byteLength(xml)),
    'content-md5': createHash('md5').update(xml).digest('base64'),
  }
  return ask(turn, { headers, body: Readable.from([Buffer.from(xml)]) })
}

/** The entries of a request's body. */
export function entriesIn(xml: string): Entry[] {
  return [...xml.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, object = '']) => {
    const get = (name: string) => {
      const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(object) ?? []
      return text === undefined ? undefined : unescaped(text)
    }
    const members = {
      versionId: get('VersionId'),
      etag: get('ETag'),
      size: get('Size'),
      lastModifiedTime: get('LastModifiedTime'),
    }
    const sent = Object.entries(members).filter(([, text]) => text !== undefined)
    return { key: get('Key') ?? '', ...Object.fromEntries(sent) }
  })
}
