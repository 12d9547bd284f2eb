import { matchTags } from 's3-reference-store/rules'
import { before } from '../fixtures/objects'
import { trackedBy } from '../fixtures/tracked'
import type { Severity } from '../observation'
import { addresses, isSamePath } from '../wire/keys'
import { type Exchange, isAccepted, isWrite } from '../wire/record'
import { runningTest } from './running'

/** What a key had: nothing, or an object, some of whose validators can be unknown. */
type Content = 'nothing' | { readonly etag?: string; readonly modified?: number; readonly size?: number }

/** A condition, evaluated as HTTP defines it. */
type Truth = 'true' | 'false' | 'unknown'

/**
 * The severity of a request that succeeded although it fails on Amazon S3. It is `data` if the condition is false as
 * HTTP defines it (RFC 9110, section 13.1), and the request changed something. Nothing is lost if the condition is
 * true, or if a delete found no object.
 * @param expected the status on Amazon S3. With 412, an unknown condition counts as false.
 * @param entries of DeleteObjects: the keys to consider, all if omitted
 */
export function severityOfSuccess(exchange: Exchange, expected?: number, entries?: readonly string[]): Severity {
  if (!isWrite(exchange)) return 'status'
  const truths = targetsOf(exchange, entries).map(({ conditions, ...key }) => {
    const content = contentBefore(exchange, key)
    if (isDelete(exchange) && content === 'nothing') return 'true'
    return truthOf(conditions, content)
  })
  if (truths.includes('false')) return 'data'
  return expected === 412 && truths.includes('unknown') ? 'data' : 'status'
}

const isDelete = ({ request }: Exchange) => request.method === 'DELETE' || request.entries !== undefined

type Conditions = Readonly<Record<string, string>>

/** A key that a request writes or deletes. */
interface TargetKey {
  /** Whether a path addresses it. */
  isAt(path: string): boolean
  /** Whether it is this key. */
  isKey(key: string): boolean
}

/** The keys that a request writes or deletes, each with its conditions by the names of the headers. */
function targetsOf(
  { request: { path, headers, entries } }: Exchange,
  keys?: readonly string[],
): (TargetKey & { conditions: Conditions })[] {
  if (entries) {
    const chosen = entries.filter(({ key }) => keys?.includes(key) ?? true)
    return chosen.map(({ key, ...conditions }) => ({
      isAt: (other) => addresses(other, key),
      isKey: (other) => other === key,
      conditions,
    }))
  }
  if (keys && !keys.some((key) => addresses(path, key))) return []
  const conditions = Object.entries(headers).filter(([name]) => /(^|-)if-/.test(name))
  return [
    {
      isAt: (other) => isSamePath(other, path),
      isKey: (key) => addresses(path, key),
      conditions: Object.fromEntries(conditions),
    },
  ]
}

/** All conditions together: false if one is false, else unknown if one is unknown or there is none. */
function truthOf(conditions: Conditions, content: Content | undefined): Truth {
  const truths = Object.entries(conditions).map(([name, value]) => {
    return content === undefined ? 'unknown' : (EVALUATE[name]?.(value, content) ?? 'unknown')
  })
  if (truths.includes('false')) return 'false'
  return truths.length === 0 || truths.includes('unknown') ? 'unknown' : 'true'
}

const EVALUATE: Readonly<Record<string, (value: string, content: Content) => Truth>> = {
  'if-match': (value, content) => {
    if (content === 'nothing') return 'false'
    // A strong comparison: a weak ETag matches nothing.
    return value.startsWith('W/') ? 'false' : names(value, content)
  },
  'if-none-match': (value, content) => (content === 'nothing' ? 'true' : not(names(value, content))),
  'if-unmodified-since': (value, content) => {
    if (content === 'nothing' || content.modified === undefined) return 'unknown'
    return truth(content.modified <= Date.parse(value))
  },
  'x-amz-if-match-size': (value, content) => isEqual(Number(value), content === 'nothing' ? undefined : content.size),
  'x-amz-if-match-last-modified-time': (value, content) =>
    isEqual(Date.parse(value), content === 'nothing' ? undefined : content.modified),
}

function names(value: string, { etag }: Exclude<Content, 'nothing'>): Truth {
  if (value.trim() === '*') return 'true'
  return etag === undefined ? 'unknown' : truth(matchTags(value, etag).matches)
}

const truth = (is: boolean): Truth => (is ? 'true' : 'false')
const not = (one: Truth): Truth => (one === 'unknown' ? one : truth(one === 'false'))
const isEqual = (value: number, actual?: number) => (actual === undefined ? 'unknown' : truth(value === actual))

/** What a key had when a request was sent, by earlier responses or as its fixture left it; undefined if unknown. */
function contentBefore(exchange: Exchange, { isAt, isKey }: TargetKey): Content | undefined {
  const test = runningTest()
  if (!test) return undefined
  const { exchange: all = [] } = test.meta as { exchange?: readonly Exchange[] }
  const earlier = all.slice(0, all.indexOf(exchange)).filter((one) => isAt(one.request.path))
  for (const one of earlier.reverse()) {
    const content = contentAfter(one)
    if (content) return content === 'unknown' ? undefined : content
  }
  const tracked = trackedBy(test).findLast((one) => isKey(one.key) && !('UploadId' in one.made))
  const state = tracked && before(tracked.made).current
  if (state === undefined) return undefined
  if (typeof state === 'string') return 'nothing'
  return { etag: state.ETag, modified: state.modified, size: Buffer.byteLength(state.body) }
}

/** What a key had after a request, as its response shows; undefined if the response does not show it. */
function contentAfter(exchange: Exchange): Content | 'unknown' | undefined {
  const { request, response } = exchange
  const [, query = ''] = request.path.split('?')
  if (!response || /(^|&)(versionId|partNumber|uploads)(=|&|$)/.test(query)) {
    return isWrite(exchange) && query.includes('versionId') ? 'unknown' : undefined
  }
  const { etag, 'last-modified': modified } = response.headers
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (response.status === 404 && !query) return 'nothing'
    return response.status === 200 && etag && !query.includes('uploadId')
      ? { etag, ...(modified && { modified: Date.parse(modified) }), ...sizeIn(response.headers) }
      : undefined
  }
  if (!isAccepted(exchange)) return undefined
  if (request.method === 'DELETE') return query.includes('uploadId') ? undefined : 'nothing'
  return etag && request.method === 'PUT' ? { etag } : 'unknown'
}

function sizeIn(headers: Readonly<Record<string, string>>): { size?: number } {
  const size = headers['content-length']
  return size === undefined ? {} : { size: Number(size) }
}
