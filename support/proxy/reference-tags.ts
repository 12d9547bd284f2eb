import { randomBytes } from 'node:crypto'

type Sent = Readonly<Record<string, string | string[] | undefined>>

/** An object whose entity tag is not the one that the store behind gave it. */
interface Special {
  /** The store's own, without quotes. */
  readonly stored: string
  /** What S3 would have answered, without quotes. */
  readonly tag: string
  /** Headers that the store does not keep for it. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Entity tags that are no MD5: of objects in directory buckets (E17), and of those encrypted with KMS or a customer's key
 * (P27). What cannot be encrypted behind, since there is no KMS, is only said to be.
 */
export interface Tags {
  /** The headers of a write without those of KMS, which the store behind does not have. */
  strip(headers: Record<string, string>, upload?: string): Record<string, string>
  /** Remembers a write; gives the headers and the body of its answer the entity tag. */
  written(place: Place, answer: Sent, body?: string): { headers: Sent; body?: string }
  /** The headers of an answer to a read, with the entity tag that S3 has. */
  read(bucket: string, key: string, answer: Sent): Sent
  /** Gives the entity tags in a listing, or in the attributes of a key. */
  listed(bucket: string, body: string, key?: string, versionId?: string): string
  /** @param copied the answer to the copy behind */
  moved(bucket: string, from: string, to: string, copied: string): void
  has(bucket: string): boolean
}

export interface Place {
  readonly bucket: string
  readonly key: string
  readonly isDirectory: boolean
  /** Of the write, as they were sent. */
  readonly headers: Record<string, string>
  /** Of a completion: the upload whose creation had the headers. */
  readonly upload?: string
}

const KMS = /^x-amz-server-side-encryption(-aws-kms-key-id|-context|-bucket-key-enabled)?$/

export function newTags(): Tags {
  const all = new Map<string, Map<string, Special>>()
  const uploads = new Map<string, Record<string, string>>()
  const nameOf = (key: string, version: unknown) => `${version && version !== 'null' ? version : ''}/${key}`

  function kmsOf(headers: Record<string, string>): Record<string, string> | undefined {
    const { 'x-amz-server-side-encryption': kind = '' } = headers
    if (!kind.startsWith('aws:kms')) return undefined
    const key =
      headers['x-amz-server-side-encryption-aws-kms-key-id'] ?? 'arn:aws:kms:us-east-1:000000000000:key/aws-s3'
    return { 'x-amz-server-side-encryption': kind, 'x-amz-server-side-encryption-aws-kms-key-id': key }
  }

  function find(bucket: string, key: string, version: unknown, etag: unknown): Special | undefined {
    const found = all.get(bucket)?.get(nameOf(key, version))
    return found?.stored === bare(etag) ? found : undefined
  }

  return {
    strip(headers, upload) {
      const kms = kmsOf(headers)
      if (!kms) return headers
      if (upload) uploads.set(upload, kms)
      return Object.fromEntries(Object.entries(headers).filter(([name]) => !KMS.test(name)))
    },

    written({ bucket, key, isDirectory, headers, upload = '' }, answer, body) {
      const kms = uploads.get(upload) ?? kmsOf(headers) ?? {}
      uploads.delete(upload)
      const stored = answer.etag ? bare(answer.etag) : storedIn(body)
      const name = nameOf(key, answer['x-amz-version-id'])
      const isSpecial =
        isDirectory || Object.keys(kms).length > 0 || 'x-amz-server-side-encryption-customer-algorithm' in headers
      if (!isSpecial) {
        all.get(bucket)?.delete(name)
        return { headers: answer, ...(body !== undefined && { body }) }
      }
      const tag = `${randomBytes(16).toString('hex')}${stored.match(/-\d+$/)?.[0] ?? ''}`
      const here = all.get(bucket) ?? new Map<string, Special>()
      all.set(bucket, here.set(name, { stored, tag, headers: kms }))
      return {
        headers: { ...answer, ...(answer.etag && { etag: `"${tag}"` }), ...kms },
        ...(body !== undefined && { body: body.replaceAll(stored, tag) }),
      }
    },

    read(bucket, key, answer) {
      if (!all.has(bucket)) return answer
      const special = find(bucket, key, answer['x-amz-version-id'], answer.etag)
      return special ? { ...answer, etag: `"${special.tag}"`, ...special.headers } : answer
    },

    listed(bucket, body, key, versionId) {
      if (key !== undefined) {
        return body.replace(/<ETag>([^<]*)</, (one, etag) => {
          const special = find(bucket, key, versionId, etag)
          return special ? one.replace(special.stored, special.tag) : one
        })
      }
      return body.replace(/<(Contents|Version)>.*?<\/\1>/gs, (entry) => {
        const [, name = '', , version] = /<Key>([^<]*)<\/Key>(.*?<VersionId>([^<]*)<)?/s.exec(entry) ?? []
        const other = /<VersionId>([^<]*)</.exec(entry)?.[1]
        const special = find(bucket, unescaped(name), version ?? other, /<ETag>([^<]*)</.exec(entry)?.[1])
        return special ? entry.replace(special.stored, special.tag) : entry
      })
    },

    moved(bucket, from, to, copied) {
      const special = all.get(bucket)?.get(nameOf(from, ''))
      if (special) all.get(bucket)?.set(nameOf(to, ''), { ...special, stored: storedIn(copied) })
    },

    has: (bucket) => all.has(bucket),
  }
}

/** The entity tag in the answer to a copy or a completion. */
function storedIn(body = ''): string {
  return bare(/<ETag>([^<]*)</.exec(body)?.[1])
}

function bare(etag: unknown): string {
  return String(etag ?? '').replace(/"|&quot;|&#34;/g, '')
}

/** Text as XML has it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one)
}

export function unescaped(text: string): string {
  return text.replace(/&(#\d+|#x[\da-f]+|\w+);/gi, (entity, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)))
    return { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }[name] ?? entity
  })
}
