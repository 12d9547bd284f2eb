import { evaluateConditions, hasCondition, READ } from './conditions.ts'
import {
  ACCESS_DENIED,
  fail,
  guess,
  noSuchKey,
  openStep,
  preconditionFailed,
  step,
  succeed,
  unknown,
} from './outcomes.ts'
import type { FactId, Key, Marker, Outcome, Range, Request, State, Step, Version } from './types.ts'
import { matchTags } from './values.ts'

/**
 * Evaluates a GetObject or HeadObject request. First checks that the object exists, then evaluates the four conditions,
 * and then the part number or range.
 * @returns 200, 206, 304, 400, 403, 404, 405, 412, 416 or an unknown outcome
 */
export function read(request: Request, { key, now }: State): Outcome {
  const headers = request.headers ?? {}
  if (request.versionId !== undefined) return readVersion(request, key, now)
  if (!key.current) return missing(request, key)

  const { failedBy, steps } = evaluateConditions(headers, key.current, now, READ)
  if (!failedBy) return readPart(request, key.current, steps)
  const isRange = headers.range !== undefined
  return failed(failedBy, key.current, [
    ...steps,
    ...(isRange ? [step('the condition is evaluated before the range is applied', 'R45', 'R46')] : []),
    ...(request.endpoint === 'website' ? [step('a website endpoint also evaluates conditions', 'R60')] : []),
  ])
}

/**
 * Returns a 412 for a failed If-Match or If-Unmodified-Since, and a 304 for a failed If-None-Match or
 * If-Modified-Since.
 */
function failed(condition: string, { etag, lastModified }: Version, steps: readonly Step[]): Outcome {
  if (condition === 'If-Match' || condition === 'If-Unmodified-Since') return fail(preconditionFailed(condition), steps)
  const headers = { ETag: etag, 'Last-Modified': lastModified.toUTCString() }
  const reason = 'a 304 response includes ETag and Last-Modified, but no Content-Type, Content-Length or checksum'
  return fail({ status: 304, headers }, [...steps, { ...step(reason, 'R56', 'R64'), isDetail: true }])
}

/**
 * A read of a missing key fails with 404, or with 403 if the caller is not allowed to list the bucket. Conditions are
 * ignored.
 */
function missing({ headers = {}, key: name, caller }: Request, { deleteMarker }: Key): Outcome {
  if (deleteMarker) {
    const steps = [step('the current version is a delete marker', 'R53')]
    if (hasCondition(headers)) steps.push(openStep('conditions are ignored for a delete marker', 'O17', 'R53'))
    if (caller?.mayList !== false) return fail(noSuchKey(name, { 'x-amz-delete-marker': 'true' }), steps)
    return fail(ACCESS_DENIED, [...steps, openStep('the caller is not allowed to list the bucket', true, 'R52')])
  }
  if (caller?.mayList === false) {
    return fail(ACCESS_DENIED, [
      step('the key does not exist, and the caller is not allowed to list the bucket', 'R52'),
    ])
  }
  const onlyCached = (headers.ifNoneMatch ?? headers.ifModifiedSince) !== undefined
  const facts: FactId[] = [onlyCached ? 'R66' : 'R51', ...(headers.range === undefined ? [] : (['R48'] as const))]
  return fail(noSuchKey(name), [step('the key does not exist, so conditions are ignored', ...facts)])
}

/**
 * Evaluates a read with a version id. The read fails with 405 if the version is a delete marker. No response was
 * recorded for a read with both a condition and a version id.
 */
function readVersion(request: Request, { addressed }: Key, now: Date): Outcome {
  if (!addressed) return unknown([openStep('the version does not exist', true)])
  if (isMarker(addressed)) {
    const headers = {
      'x-amz-delete-marker': 'true',
      'x-amz-version-id': addressed.versionId,
      'Last-Modified': addressed.lastModified.toUTCString(),
    }
    const elements = { Method: request.operation === 'HeadObject' ? 'HEAD' : 'GET', ResourceType: 'DeleteMarker' }
    const error = { status: 405, code: 'MethodNotAllowed', headers, elements }
    return fail(error, [step('the version is a delete marker', 'R54')])
  }
  const { headers = {} } = request
  if (!hasCondition(headers)) return readPart(request, addressed, [step('the version exists')])
  const { failedBy, steps } = evaluateConditions(headers, addressed, now, READ)
  const all = [guess('the request has both a condition and a version id', 'O17', 'R55'), ...steps]
  return failedBy ? failed(failedBy, addressed, all) : readPart(request, addressed, all)
}

export function isMarker(version: Version | Marker): version is Marker {
  return 'isDeleteMarker' in version
}

/** Evaluates the part number, Range and If-Range of a read whose conditions all hold. */
function readPart({ headers = {}, partNumber }: Request, object: Version, before: readonly Step[]): Outcome {
  const steps = [...before]
  if (partNumber !== undefined) {
    if (hasCondition(headers)) {
      steps.push(openStep('the conditions are evaluated for the whole object, not for the part', 'O17', 'R50'))
    }
    if (headers.range !== undefined) {
      const message = 'Cannot specify both Range header and partNumber query parameter'
      const exclusive = step('a part number cannot be combined with a range', 'R50')
      return fail({ status: 400, code: 'InvalidRequest', message }, [...steps, exclusive])
    }
    if (partNumber < 1 || partNumber > (object.parts ?? 1)) {
      return fail({ status: 416, code: 'InvalidPartNumber' }, [...steps, step('the part does not exist', 'R50')])
    }
    return succeed(206, 'unchanged', [
      ...steps,
      step('the part is returned with the ETag of the whole object', 'R50', 'R67'),
    ])
  }
  if (headers.range === undefined) return succeed(200, 'unchanged', steps)
  if (headers.ifRange !== undefined) {
    const { form, matches } = matchTags(headers.ifRange, object.etag)
    const reason = `If-Range ${matches ? 'matches' : 'does not match'} the current ETag`
    steps.push(form === 'quoted' ? step(reason, 'R49') : openStep(reason, 'O17', 'R49'))
    if (!matches) return succeed(200, 'unchanged', [...steps, step('the whole object is returned', 'R49')])
  }
  const range = rangeIn(headers.range, object.size)
  if (!range) return succeed(200, 'unchanged', [...steps, openStep('a malformed range is ignored', true)])
  if (range.first <= range.last) {
    return { ...succeed(206, 'unchanged', [...steps, step('the range is returned', 'R44')]), range }
  }
  const elements = { RangeRequested: headers.range, ActualObjectSize: String(object.size) }
  const error = { status: 416, code: 'InvalidRange', elements }
  return fail(error, [...steps, step('the range is beyond the end of the object', 'R47')])
}

/**
 * Parses a Range header. Returns undefined for a malformed range. For a range that starts beyond the end of the object,
 * `last` is less than `first`.
 */
function rangeIn(range: string, size: number): Range | undefined {
  const [, first = '', last = ''] = range.match(/^bytes=(\d*)-(\d*)$/) ?? []
  const end = size - 1
  if (first === '') return last === '' ? undefined : { first: Math.max(0, size - Number(last)), last: end }
  if (last === '') return { first: Number(first), last: end }
  return Number(last) < Number(first) ? undefined : { first: Number(first), last: Math.min(Number(last), end) }
}
