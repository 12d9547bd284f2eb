import { matchTags } from 's3-reference-store/rules'
import { before } from '../fixtures/objects'
import { trackedBy } from '../fixtures/tracked'
import { isUpload } from '../fixtures/uploads'
import type { Severity } from '../observation'
import { addresses, isSamePath } from '../wire/keys'
import { type Exchange, isAccepted, isWrite } from '../wire/record'
import { runningHere } from './running'

/**
 * The content of a key at some point in time: either nothing or an object. A member is absent if its value is unknown.
 */
type Content = 'nothing' | { readonly etag?: string; readonly modified?: number; readonly size?: number }

/** Whether a condition holds according to HTTP. */
type Truth = 'true' | 'false' | 'unknown'

/**
 * Returns the severity of the finding for a request that succeeded on this store but fails on Amazon S3. The severity is
 * `data` if the request is a write with a condition that is false according to HTTP (RFC 9110, section 13.1), otherwise
 * `status`. A delete is never `data` if its key had no object.
 * @param expected the status on Amazon S3. If it is 412, a condition that cannot be evaluated counts as false.
 * @param entries for DeleteObjects, the keys of the entries to consider; if omitted, all entries are considered
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
  /** Whether the path of a request addresses this key. */
  isAt(path: string): boolean
  isKey(key: string): boolean
}

/** Lists the keys that a request writes or deletes. The conditions for each key are indexed by header name. */
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

/**
 * Combines the results of all conditions. The combined result is false if any condition is false. Otherwise, it is
 * unknown if any condition is unknown or if there are no conditions.
 */
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
    // If-Match uses strong comparison, in which a weak ETag matches nothing.
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

/**
 * Derives the content that a key had before a request. Uses the test's earlier responses or, if they do not show the
 * content, the key's fixture.
 * @returns undefined if the content is unknown
 */
function contentBefore(exchange: Exchange, { isAt, isKey }: TargetKey): Content | undefined {
  const test = runningHere()?.test
  if (!test) return undefined
  const { exchange: all = [] } = test.meta
  const earlier = all.slice(0, all.indexOf(exchange)).filter((one) => isAt(one.request.path))
  for (const one of earlier.reverse()) {
    const content = contentAfter(one)
    if (content) return content === 'unknown' ? undefined : content
  }
  const tracked = trackedBy(test).findLast((one) => isKey(one.key) && !isUpload(one.made))
  const state = tracked && before(tracked.made).current
  if (state === undefined) return undefined
  if (typeof state === 'string') return 'nothing'
  return { etag: state.ETag, modified: state.modified, size: Buffer.byteLength(state.body) }
}

/**
 * Uses the response to a request to derive the content that the key had after the request.
 * @returns `unknown` if the request may have changed the content but the response does not show the new content;
 * undefined if the response shows neither the content nor a change
 */
function contentAfter(exchange: Exchange): Content | 'unknown' | undefined {
  const { request, response } = exchange
  const [, query = ''] = request.path.split('?')
  if (!response || /(^|&)(versionId|partNumber|uploads)(=|&|$)/.test(query)) {
    return isWrite(exchange) && query.includes('versionId') ? 'unknown' : undefined
  }
  const { etag, 'last-modified': modified, 'content-length': size } = response.headers
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (response.status === 404 && !query) return 'nothing'
    return response.status === 200 && etag && !query.includes('uploadId')
      ? { etag, ...(modified && { modified: Date.parse(modified) }), ...(size && { size: Number(size) }) }
      : undefined
  }
  if (!isAccepted(exchange)) return undefined
  if (request.method === 'DELETE') return query.includes('uploadId') ? undefined : 'nothing'
  return etag && request.method === 'PUT' ? { etag } : 'unknown'
}
