import { accept, MESSAGES, noSuchKey, notKnown, openStep, preconditionFailed, refuse, step } from './answers.ts'
import type { Outcome, Request, State, Step } from './types.ts'
import { matchWhole, readDate, secondOf } from './values.ts'

/** PutObject with x-amz-write-offset-bytes: If-Match is looked at before the offset (E22). */
export function append({ headers = {}, key: name, body }: Request, { key }: State): Outcome {
  const { ifMatch, ifNoneMatch, writeOffsetBytes } = headers
  const offset = Number(writeOffsetBytes)
  const { current } = key
  if (ifNoneMatch !== undefined) return notKnown(undefined, [openStep('If-None-Match beside an offset', true)])
  if (!current) {
    if (ifMatch !== undefined)
      return notKnown(undefined, [openStep('If-Match beside an offset, and no object', true, 'E21')])
    if (offset !== 0) return refuse(noSuchKey(name), [step('there is nothing to append to', 'E21')])
    return accept(200, 'written', [step('an append at 0 makes the object', 'E13', 'E23')])
  }
  const steps: Step[] = []
  if (ifMatch !== undefined) {
    const { matches } = matchWhole(ifMatch, current.etag)
    if (!matches) return refuse(preconditionFailed(), [step('If-Match names another entity tag', 'E14', 'E22')])
    steps.push(step('If-Match names the current entity tag', 'E26'))
  }
  if (offset !== current.size) {
    return refuse({ status: 400, code: 'InvalidWriteOffset' }, [...steps, step('the offset is not the size', 'E12')])
  }
  if (body?.size === 0) {
    const error = { status: 400, code: 'InvalidArgument', message: MESSAGES.emptyAppend }
    return refuse(error, [...steps, step('there is nothing to append', 'E15', 'E23')])
  }
  if (body?.checksum) {
    const code = body.checksum === 'wrong' ? 'BadDigest' : 'InvalidRequest'
    return refuse({ status: 400, code }, [...steps, step('the checksum does not suit', 'E24')])
  }
  return accept(200, 'appended', [...steps, step('the bytes are appended, which gives a new entity tag', 'E11')])
}

/** DeleteObject: an entity tag, a size and a time, all of which have to match. */
export function deleteInDirectory({ headers = {} }: Request, { key: { current } }: State): Outcome {
  const { ifMatch, ifMatchSize, ifMatchLastModifiedTime } = headers
  const sent = [ifMatch, ifMatchSize, ifMatchLastModifiedTime].some((value) => value !== undefined)
  if (!sent) return accept(204, 'deleted', [step('a delete without a condition', 'X15')])
  if (!current) {
    if (ifMatch !== undefined) return notKnown(undefined, [openStep('If-Match, and no object', true, 'X05')])
    return accept(204, 'unchanged', [step('size and time do not ask for an object', 'X26')])
  }
  const failing = [
    ifMatch !== undefined && ifMatch.trim() !== '*' && !matchWhole(ifMatch, current.etag).matches && 'If-Match',
    ifMatchSize !== undefined && Number(ifMatchSize) !== current.size && 'x-amz-if-match-size',
    ifMatchLastModifiedTime !== undefined &&
      !isTime(ifMatchLastModifiedTime, current.lastModified) &&
      'x-amz-if-match-last-modified-time',
  ].find((name) => name !== false)
  if (failing) return refuse(preconditionFailed(), [step(`${failing} does not match`, 'X24')])
  return accept(204, 'deleted', [step('all that is given matches', 'X25')])
}

function isTime(value: string, time: Date): boolean {
  const date = readDate(value)
  return date.form === 'date' && date.seconds === secondOf(time)
}

/** AbortMultipartUpload: only directory buckets compare when the upload was initiated (X28). */
export function abort({ headers = {} }: Request, { bucket, upload }: State): Outcome {
  const { ifMatchInitiatedTime: time } = headers
  if (time !== undefined && !bucket.directory) {
    return notKnown(undefined, [openStep('a time in a general purpose bucket', true, 'X28')])
  }
  if (!upload || upload.state === 'missing') {
    if (bucket.directory && time !== undefined) return accept(204, 'unchanged', [step('there is no upload', 'X28')])
    return notKnown(undefined, [openStep('there is no upload', true, 'M27')])
  }
  if (upload.state === 'aborted') return accept(204, 'unchanged', [step('it is aborted already', 'M27')])
  if (time !== undefined && !isTime(time, upload.initiated)) {
    return refuse(preconditionFailed(), [step('it was initiated at another time', 'X28')])
  }
  return accept(204, 'upload aborted', [step('the upload is aborted', 'X28', 'M27')])
}

/**
 * RenameObject: conditions on the source and on the destination. A refusal names those on the source without the
 * `x-amz-rename-source-` (E03), and both headers together are no 501 as they are for PutObject (E04).
 */
export function rename(request: Request, { bucket, key, source, clientToken }: State): Outcome {
  const { headers = {} } = request
  if (!bucket.directory)
    return refuse({ status: 501, code: 'NotImplemented' }, [step('only directory buckets rename', 'E09')])
  if (clientToken === 'used') return accept(200, 'unchanged', [step('the same rename once more', 'E08')])
  if (clientToken) {
    const said = step('the client token was used for something else', 'E08')
    return refuse({ status: 400, code: 'IdempotencyParameterMismatch' }, [said])
  }
  if (headers.renameSourceIfNoneMatch?.trim() === '*') {
    return refuse(preconditionFailed(), [step('there is always a source', 'E06')])
  }
  if (!source?.current) return refuse({ status: 404 }, [step('there is no source', 'E07')])

  const dates = [
    ...[headers.ifModifiedSince, headers.ifUnmodifiedSince],
    ...[headers.renameSourceIfModifiedSince, headers.renameSourceIfUnmodifiedSince],
  ]
  if (dates.some((date) => date !== undefined)) return notKnown(undefined, [openStep('a date', true, 'E10')])
  if (headers.renameSourceIfNoneMatch !== undefined) {
    return notKnown(undefined, [openStep('an entity tag that the source may not have', true)])
  }

  const steps: Step[] = []
  if (headers.renameSourceIfMatch !== undefined) {
    if (!matchWhole(headers.renameSourceIfMatch, source.current.etag).matches) {
      return refuse(preconditionFailed('If-Match'), [step('the source has another entity tag', 'E03')])
    }
    steps.push(step('the source has that entity tag', 'E05', 'E25'))
  }
  if (headers.ifMatch !== undefined) {
    if (!key.current) return notKnown(undefined, [...steps, openStep('If-Match, and no destination', true, 'E02')])
    if (!matchWhole(headers.ifMatch, key.current.etag).matches) {
      return refuse(preconditionFailed('If-Match'), [
        ...steps,
        step('the destination has another entity tag', 'E02', 'E04'),
      ])
    }
    steps.push(step('the destination has that entity tag', 'E02'))
  }
  if (headers.ifNoneMatch !== undefined && key.current) {
    if (headers.ifNoneMatch.trim() !== '*')
      return notKnown(undefined, [...steps, openStep('If-None-Match takes *', true)])
    return refuse(preconditionFailed('If-None-Match'), [...steps, step('there is a destination', 'E01')])
  }
  return accept(200, 'renamed', [...steps, step('nothing is in the way', 'E05')])
}
