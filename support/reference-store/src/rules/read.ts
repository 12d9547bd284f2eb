import {
  accept,
  accessDenied,
  guess,
  noSuchKey,
  notKnown,
  openStep,
  preconditionFailed,
  refuse,
  step,
} from './answers.ts'
import { evaluate, READ } from './conditions.ts'
import type { FactId, Headers, Key, Marker, Outcome, Request, State, Step, Version } from './types.ts'
import { matchTags } from './values.ts'

/**
 * GetObject and HeadObject: first whether there is something to read, then the four conditions, then which part of it.
 * @returns 200, 206, 304, 403, 404, 405, 412 or 416
 */
export function read(request: Request, { key, now }: State): Outcome {
  const headers = request.headers ?? {}
  if (request.versionId !== undefined) return readVersion(request, key, now)
  if (!key.current) return nothingThere(request, key)

  const { refusedBy, steps } = evaluate(headers, key.current, now, READ)
  if (refusedBy) return refused(refusedBy, key.current, [...steps, ...beforeRange(request), ...website(request)])
  return part(request, key.current, steps)
}

function hasCondition({ ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince }: Headers): boolean {
  return [ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince].some((value) => value !== undefined)
}

function beforeRange({ headers = {} }: Request): Step[] {
  return headers.range === undefined ? [] : [step('the condition comes before the range', 'R45', 'R46')]
}

function website({ endpoint }: Request): Step[] {
  return endpoint === 'website' ? [step('a website endpoint answers so, too', 'R60')] : []
}

/** 304 for If-None-Match and If-Modified-Since, 412 for the others. */
function refused(condition: string, { etag, lastModified }: Version, steps: readonly Step[]): Outcome {
  if (condition === 'If-Match' || condition === 'If-Unmodified-Since') {
    return refuse(preconditionFailed(condition), steps)
  }
  const headers = { etag, 'last-modified': lastModified.toUTCString() }
  const says = 'a 304 carries ETag and Last-Modified, and no header of a body or of its checksum'
  const said: Step = { ...step(says, 'R56', 'R64'), beside: true }
  return refuse({ status: 304, headers }, [...steps, said])
}

/** A key without an object: 404 to who may list the bucket and 403 to who may not, whatever the conditions. */
function nothingThere({ headers = {}, key: name, caller }: Request, { deleteMarker }: Key): Outcome {
  if (deleteMarker) {
    const marker = { 'x-amz-delete-marker': 'true' }
    const steps = [step('a delete marker is the current version', 'R53')]
    if (hasCondition(headers)) steps.push(openStep('conditions are not looked at then', 'O17', 'R53'))
    if (caller?.mayList === false) {
      return refuse(accessDenied(), [...steps, openStep('to who may not list the bucket it is 403', true, 'R52')])
    }
    return refuse(noSuchKey(name, marker), steps)
  }
  if (caller?.mayList === false) {
    return refuse(accessDenied(), [step('the key holds nothing, and the caller may not list the bucket', 'R52')])
  }
  const onlyClaimed = (headers.ifNoneMatch ?? headers.ifModifiedSince) !== undefined
  const facts: FactId[] = [onlyClaimed ? 'R66' : 'R51', ...(headers.range === undefined ? [] : (['R48'] as const))]
  return refuse(noSuchKey(name), [step('the key holds nothing, so that no condition is looked at', ...facts)])
}

/** A version by its id: 405 for a delete marker; with conditions nobody has recorded it. */
function readVersion(request: Request, { addressed }: Key, now: Date): Outcome {
  if (!addressed) return notKnown(undefined, [openStep('there is no version of that id', true)])
  if (isMarker(addressed)) {
    const headers = {
      'x-amz-delete-marker': 'true',
      'x-amz-version-id': addressed.versionId,
      'last-modified': addressed.lastModified.toUTCString(),
    }
    const elements = { Method: request.operation === 'HeadObject' ? 'HEAD' : 'GET', ResourceType: 'DeleteMarker' }
    const said = step('the version is a delete marker', 'R54')
    return refuse({ status: 405, code: 'MethodNotAllowed', headers, elements }, [said])
  }
  const headers = request.headers ?? {}
  if (!hasCondition(headers)) return part(request, addressed, [step('that version is read')])
  const compared = guess('a condition beside a version id', 'O17', 'R55')
  const { refusedBy, steps } = evaluate(headers, addressed, now, READ)
  return refusedBy
    ? refused(refusedBy, addressed, [compared, ...steps])
    : part(request, addressed, [compared, ...steps])
}

export function isMarker(version: Version | Marker): version is Marker {
  return 'isDeleteMarker' in version
}

/** Which bytes are read, once nothing refuses: a part, a range, or all of them. */
function part({ headers = {}, partNumber }: Request, object: Version, before: readonly Step[]): Outcome {
  const steps = [...before]
  if (partNumber !== undefined) {
    if (hasCondition(headers)) {
      steps.push(openStep('beside a part number, the whole object is compared', 'O17', 'R50'))
    }
    if (headers.range !== undefined) {
      const message = 'Cannot specify both Range header and partNumber query parameter'
      return refuse({ status: 400, code: 'InvalidRequest', message }, [
        ...steps,
        step('a part and a range exclude each other', 'R50'),
      ])
    }
    if (partNumber < 1 || partNumber > (object.parts ?? 1)) {
      return refuse({ status: 416, code: 'InvalidPartNumber' }, [...steps, step('there is no such part', 'R50')])
    }
    return accept(206, 'unchanged', [
      ...steps,
      step('that part is read, with the ETag of the whole object', 'R50', 'R67'),
    ])
  }
  if (headers.range === undefined) return accept(200, 'unchanged', steps)
  if (headers.ifRange !== undefined) {
    const { form, matches } = matchTags(headers.ifRange, object.etag)
    const isTag = form === 'quoted'
    const said = `If-Range ${matches ? 'names the current entity tag' : 'does not match'}`
    steps.push(isTag ? step(said, 'R49') : openStep(said, 'O17', 'R49'))
    if (!matches) return accept(200, 'unchanged', [...steps, step('all of the object is read', 'R49')])
  }
  const range = rangeIn(headers.range, object.size)
  if (range === 'satisfiable') return accept(206, 'unchanged', [...steps, step('the range is read', 'R44')])
  if (range === 'malformed') return accept(200, 'unchanged', [...steps, openStep('the range is not looked at', true)])
  const elements = { RangeRequested: headers.range, ActualObjectSize: String(object.size) }
  return refuse({ status: 416, code: 'InvalidRange', elements }, [
    ...steps,
    step('the range lies beyond the end', 'R47'),
  ])
}

function rangeIn(range: string, size: number): 'satisfiable' | 'beyond the end' | 'malformed' {
  const [, first = '', last = ''] = range.match(/^bytes=(\d*)-(\d*)$/) ?? []
  if (first === '' && last === '') return 'malformed'
  if (first === '') return size > 0 && Number(last) > 0 ? 'satisfiable' : 'beyond the end'
  if (last !== '' && Number(last) < Number(first)) return 'malformed'
  return Number(first) < size ? 'satisfiable' : 'beyond the end'
}
