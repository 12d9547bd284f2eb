import { accept, MESSAGES, notKnown, openStep, refuse, step } from './answers.ts'
import type { Bucket, Effect, Entry, Key, Outcome, Request, State } from './types.ts'
import { matchWhole } from './values.ts'

/**
 * DeleteObjects: each entry on its own, by its ETag, and in directory buckets by Size and LastModifiedTime, too. What is
 * refused does not make the answer anything but 200 (X19, X29).
 */
export function deleteObjects({ entries = [] }: Request, state: State): Outcome {
  if (entries.length > 1000) {
    return refuse({ status: 400, code: 'MalformedXML' }, [step('more than a thousand keys', 'X32')])
  }
  const { bucket } = state
  const unsupported = entries.some(({ size, lastModifiedTime }) => (size ?? lastModifiedTime) !== undefined)
  if (unsupported && !bucket.directory) {
    return notKnown('O21', [openStep('Size and LastModifiedTime are refused before anything is deleted', 'O21', 'X22')])
  }
  const outcomes = entries.map((entry, n) => ({ entry, outcome: one(entry, state.entries?.[n] ?? {}, bucket) }))
  const effect: Effect = outcomes.some(({ outcome }) => outcome.kind === 'accepted') ? 'deleted' : 'unchanged'
  return { ...accept(200, effect, [step('every entry goes its own way', 'X19')]), entries: outcomes }
}

function one(entry: Entry, key: Key, bucket: Bucket): Outcome {
  if (bucket.directory) return inDirectory(entry, key)
  const effect: Effect =
    bucket.versioning === 'never' || entry.versionId !== undefined ? 'deleted' : 'delete marker made'
  if (entry.etag === undefined) {
    if (entry.versionId !== undefined && !key.addressed) {
      const elements = { VersionId: entry.versionId }
      return refuse({ status: 404, code: 'NoSuchVersion', key: entry.key, elements }, [
        step('there is no such version', 'X31'),
      ])
    }
    return accept(204, effect, [step('a delete without a condition', 'X31')])
  }
  if (entry.versionId !== undefined) {
    return notKnown(undefined, [openStep('an ETag beside a version id', true, 'X11')])
  }
  if (!key.current) {
    return notKnown('O7', [openStep('the key holds no object, which is rejected as not found', 'O7', 'X21')])
  }
  if (entry.etag.trim() === '*') return accept(204, effect, [step('ETag takes any object', 'X20')])
  const { form, matches } = matchWhole(entry.etag, key.current.etag)
  if (form !== 'quoted' && form !== 'unquoted') {
    return notKnown('O17', [openStep(`an ETag that is ${form === 'list' ? 'a list' : form}`, 'O17')])
  }
  if (matches) return accept(204, effect, [step('ETag names the current one', 'X18', 'X30')])
  const error = { status: 412, code: 'PreconditionFailed', message: MESSAGES.PreconditionFailed, key: entry.key }
  return refuse(error, [step('ETag names another one', 'X19', 'X29')])
}

/** In a directory bucket the Code is another one, and size and time count as well (X27). */
function inDirectory({ key: name, etag, size, lastModifiedTime }: Entry, { current }: Key): Outcome {
  if (etag === undefined && size === undefined && lastModifiedTime === undefined) {
    return accept(204, 'deleted', [step('a delete without a condition', 'X31')])
  }
  if (!current) return notKnown('O7', [openStep('the key holds no object', 'O7', 'X21')])
  const differs =
    (etag !== undefined && etag.trim() !== '*' && !matchWhole(etag, current.etag).matches) ||
    (size !== undefined && Number(size) !== current.size)
  if (differs) {
    const error = { status: 412, code: '412 Precondition Failed', message: MESSAGES.PreconditionFailed, key: name }
    return refuse(error, [step('ETag or Size does not match', 'X27')])
  }
  if (lastModifiedTime !== undefined) {
    return notKnown(undefined, [openStep('LastModifiedTime of an entry', true, 'X27')])
  }
  return accept(204, 'deleted', [step('ETag and Size match', 'X25')])
}
