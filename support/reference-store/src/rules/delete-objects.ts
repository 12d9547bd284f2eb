import { effectOf } from './delete.ts'
import { isOtherSize, isOtherTag } from './directory.ts'
import { fail, openStep, preconditionFailed, step, succeed, unknown } from './outcomes.ts'
import type { Bucket, Effect, Entry, Key, Outcome, Request, State } from './types.ts'
import { matchWhole } from './values.ts'

/**
 * Evaluates the conditions of each entry in a DeleteObjects request separately: ETag and, in a directory bucket, also
 * Size and LastModifiedTime. The response has status 200 even if entries fail (X19, X29).
 */
export function deleteObjects({ entries = [] }: Request, state: State): Outcome {
  if (entries.length > 1000) {
    return fail({ status: 400, code: 'MalformedXML' }, [step('the request has more than 1,000 keys', 'X32')])
  }
  const { bucket } = state
  const unsupported = entries.some(({ size, lastModifiedTime }) => (size ?? lastModifiedTime) !== undefined)
  if (unsupported && !bucket.directory) {
    return unknown([
      openStep(
        'a request with a Size or LastModifiedTime element fails and deletes nothing in a general purpose bucket',
        'O21',
        'X22',
      ),
    ])
  }
  const outcomes = entries.map((entry, n) => ({ entry, outcome: outcomeOf(entry, state.entries?.[n] ?? {}, bucket) }))
  const effect: Effect = outcomes.some(({ outcome }) => outcome.kind === 'success') ? 'deleted' : 'unchanged'
  return { ...succeed(200, effect, [step('each entry is evaluated separately', 'X19')]), entries: outcomes }
}

function outcomeOf(entry: Entry, key: Key, bucket: Bucket): Outcome {
  if (bucket.directory) return inDirectory(entry, key)
  const { etag, versionId } = entry
  const effect = effectOf(bucket, versionId)
  if (etag === undefined) {
    if (versionId === undefined || key.addressed) return succeed(204, effect, [step(NO_CONDITION, 'X31')])
    const error = { status: 404, code: 'NoSuchVersion', key: entry.key, elements: { VersionId: versionId } }
    return fail(error, [step('the version does not exist', 'X31')])
  }
  if (versionId !== undefined) return unknown([openStep('the entry has both an ETag and a version id', true, 'X11')])
  if (!key.current)
    return unknown([openStep('the key does not exist, so the entry fails with a not-found error', 'O7', 'X21')])
  if (etag.trim() === '*') return succeed(204, effect, [step('the ETag element is *, which matches any object', 'X20')])
  const { form, matches } = matchWhole(etag, key.current.etag)
  if (form !== 'quoted' && form !== 'unquoted') {
    return unknown([openStep(`the ETag in the entry is ${form === 'list' ? 'a list' : form}`, 'O17')])
  }
  if (matches) return succeed(204, effect, [step('the ETag element matches the current ETag', 'X18', 'X30')])
  return fail({ ...preconditionFailed(), key: entry.key }, [
    step('the ETag element does not match the current ETag', 'X19', 'X29'),
  ])
}

const NO_CONDITION = 'the entry has no condition'

/**
 * A directory bucket also supports conditions on Size and LastModifiedTime. If the ETag or the size does not match, the
 * error code is `412 Precondition Failed` (X27).
 */
function inDirectory({ key: name, etag, size, lastModifiedTime }: Entry, { current }: Key): Outcome {
  if ((etag ?? size ?? lastModifiedTime) === undefined) return succeed(204, 'deleted', [step(NO_CONDITION, 'X31')])
  if (!current) return unknown([openStep('the key does not exist', 'O7', 'X21')])
  if (isOtherTag(etag, current) || isOtherSize(size, current)) {
    const error = { ...preconditionFailed(), code: '412 Precondition Failed', key: name }
    return fail(error, [step('ETag or Size does not match the object', 'X27')])
  }
  if (lastModifiedTime !== undefined)
    return unknown([openStep('the entry has a LastModifiedTime element', true, 'X27')])
  return succeed(204, 'deleted', [step('all conditions hold', 'X25')])
}
