import { fail, MESSAGES, noSuchKey, openStep, preconditionFailed, step, succeed, unknown } from './outcomes.ts'
import type { Outcome, Request, State, Step, Version } from './types.ts'
import { matchWhole, readDate, secondOf } from './values.ts'

/** Evaluates an append (a PutObject request with x-amz-write-offset-bytes): first If-Match, then the offset (E22). */
export function append({ headers = {}, key: name, body }: Request, { key: { current } }: State): Outcome {
  const { ifMatch, ifNoneMatch, writeOffsetBytes } = headers
  const offset = Number(writeOffsetBytes)
  if (ifNoneMatch !== undefined) return unknown([openStep('the append request has an If-None-Match header', true)])
  if (!current) {
    if (ifMatch !== undefined) {
      return unknown([openStep('the append request has an If-Match header, but the key does not exist', true, 'E21')])
    }
    if (offset !== 0) return fail(noSuchKey(name), [step('the key does not exist', 'E21')])
    return succeed(200, 'written', [step('an append at offset 0 creates the object', 'E13', 'E23')])
  }
  const steps: Step[] = []
  if (ifMatch !== undefined) {
    const { matches } = matchWhole(ifMatch, current.etag)
    if (!matches) return fail(preconditionFailed(), [step('If-Match does not match the current ETag', 'E14', 'E22')])
    steps.push(step('If-Match matches the current ETag', 'E26'))
  }
  if (offset !== current.size) {
    const error = { status: 400, code: 'InvalidWriteOffset' }
    return fail(error, [...steps, step('the offset does not equal the size of the object', 'E12')])
  }
  if (body?.size === 0) {
    const error = { status: 400, code: 'InvalidArgument', message: MESSAGES.emptyAppend }
    return fail(error, [...steps, step('the body is empty', 'E15', 'E23')])
  }
  if (body?.checksum) {
    const code = body.checksum === 'wrong' ? 'BadDigest' : 'InvalidRequest'
    return fail({ status: 400, code }, [...steps, step('the checksum or its type does not match', 'E24')])
  }
  return succeed(200, 'appended', [...steps, step('the bytes are appended, and the ETag changes', 'E11')])
}

/**
 * Evaluates a DeleteObject request in a directory bucket. All of the request's conditions on the ETag, the size and the
 * last-modified time must hold.
 */
export function deleteInDirectory({ headers = {} }: Request, { key: { current } }: State): Outcome {
  const { ifMatch, ifMatchSize: size, ifMatchLastModifiedTime: time } = headers
  if ((ifMatch ?? size ?? time) === undefined)
    return succeed(204, 'deleted', [step('the request has no condition', 'X15')])
  if (!current) {
    if (ifMatch !== undefined)
      return unknown([openStep('the delete request has an If-Match header, but the key does not exist', true, 'X05')])
    return succeed(204, 'unchanged', [step('size and time conditions do not require an existing key', 'X26')])
  }
  const failing = Object.entries({
    'If-Match': isOtherTag(ifMatch, current),
    'x-amz-if-match-size': isOtherSize(size, current),
    'x-amz-if-match-last-modified-time': time !== undefined && !isTime(time, current.lastModified),
  }).find(([, fails]) => fails)
  if (failing) return fail(preconditionFailed(), [step(`${failing[0]} does not match the object`, 'X24')])
  return succeed(204, 'deleted', [step('all conditions hold', 'X25')])
}

/** Whether a delete has an ETag condition that does not match the object. `*` matches any object. */
export function isOtherTag(value: string | undefined, { etag }: Version): boolean {
  return value !== undefined && value.trim() !== '*' && !matchWhole(value, etag).matches
}

export function isOtherSize(value: string | undefined, { size }: Version): boolean {
  return value !== undefined && Number(value) !== size
}

function isTime(value: string, time: Date): boolean {
  const date = readDate(value)
  return date.form === 'date' && date.seconds === secondOf(time)
}

/**
 * Evaluates an AbortMultipartUpload request. Only directory buckets support a condition on the upload's initiation
 * time (X28).
 */
export function abort({ headers = {} }: Request, { bucket, upload }: State): Outcome {
  const { ifMatchInitiatedTime: time } = headers
  if (time !== undefined && !bucket.directory) {
    return unknown([
      openStep(
        'the request has a condition on the last-modified time, but the bucket is a general purpose bucket',
        true,
        'X28',
      ),
    ])
  }
  if (!upload) {
    const reason = 'the upload does not exist'
    if (bucket.directory && time !== undefined) return succeed(204, 'unchanged', [step(reason, 'X28')])
    return unknown([openStep(reason, true, 'M27')])
  }
  if (upload.state === 'aborted') return succeed(204, 'unchanged', [step('the upload has already been aborted', 'M27')])
  if (time !== undefined && !isTime(time, upload.initiated)) {
    return fail(preconditionFailed(), [step('x-amz-if-match-initiated-time does not match the upload', 'X28')])
  }
  return succeed(204, 'upload aborted', [step('the upload is aborted', 'X28', 'M27')])
}

/**
 * Evaluates a RenameObject request. If a source condition fails, the 412 response names the condition without the
 * prefix `x-amz-rename-source-` (E03). Unlike PutObject, RenameObject accepts If-Match together with If-None-Match
 * (E04).
 */
export function rename({ headers = {} }: Request, { bucket, key, source, clientToken }: State): Outcome {
  if (!bucket.directory) {
    return fail({ status: 501, code: 'NotImplemented' }, [step('only directory buckets support RenameObject', 'E09')])
  }
  if (clientToken === 'used') return succeed(200, 'unchanged', [step('this rename has already been executed', 'E08')])
  if (clientToken) {
    const error = { status: 400, code: 'IdempotencyParameterMismatch' }
    return fail(error, [step('the client token has already been used for a different rename', 'E08')])
  }
  if (headers.renameSourceIfNoneMatch?.trim() === '*') {
    return fail(preconditionFailed(), [step('x-amz-rename-source-if-none-match: * always fails', 'E06')])
  }
  if (!source?.current) return fail({ status: 404 }, [step('the source does not exist', 'E07')])

  const dates = [
    ...[headers.ifModifiedSince, headers.ifUnmodifiedSince],
    ...[headers.renameSourceIfModifiedSince, headers.renameSourceIfUnmodifiedSince],
  ]
  if (dates.some((date) => date !== undefined))
    return unknown([openStep('the request has a date-based condition', true, 'E10')])
  if (headers.renameSourceIfNoneMatch !== undefined) {
    return unknown([openStep('x-amz-rename-source-if-none-match contains an ETag', true)])
  }

  const steps: Step[] = []
  if (headers.renameSourceIfMatch !== undefined) {
    if (!matchWhole(headers.renameSourceIfMatch, source.current.etag).matches) {
      return fail(preconditionFailed('If-Match'), [
        step("x-amz-rename-source-if-match does not match the source's ETag", 'E03'),
      ])
    }
    steps.push(step("x-amz-rename-source-if-match matches the source's ETag", 'E05', 'E25'))
  }
  if (headers.ifMatch !== undefined) {
    if (!key.current) {
      return unknown([
        ...steps,
        openStep('the rename request has an If-Match header, but the destination does not exist', true, 'E02'),
      ])
    }
    if (!matchWhole(headers.ifMatch, key.current.etag).matches) {
      const other = step("If-Match does not match the destination's ETag", 'E02', 'E04')
      return fail(preconditionFailed('If-Match'), [...steps, other])
    }
    steps.push(step("If-Match matches the destination's ETag", 'E02'))
  }
  if (headers.ifNoneMatch !== undefined && key.current) {
    if (headers.ifNoneMatch.trim() !== '*') return unknown([...steps, openStep('If-None-Match contains an ETag', true)])
    return fail(preconditionFailed('If-None-Match'), [...steps, step('the destination exists', 'E01')])
  }
  return succeed(200, 'renamed', [...steps, step('all conditions hold', 'E05')])
}
