import { expect, test } from 'vitest'
import type { Observation, Severity } from '../observation'
import { type Exchange, link } from '../wire/record'
import { type EntryError, toDelete, toDeleteNothing } from './deletes'

const exchange: Exchange = {
  by: 'spec',
  operation: 'DeleteObjects',
  request: { method: 'POST', path: '/b?delete', headers: {} },
  response: { status: 200, headers: {} },
}
const failure = () => Promise.reject(link(new Error('no'), { ...exchange, response: { status: 501, headers: {} } }))
const deletion = async () =>
  link({ Deleted: [{ Key: 'a' }], Errors: [{ Key: 'b', Code: 'PreconditionFailed', Message: 'no' }] }, exchange)
const Code = 'PreconditionFailed'

const failed = (code: string): Observation => ({ kind: 'entry', is: 'failed', code })
const missing: Observation = { kind: 'entry', is: 'missing' }
const other = (name: string, is: 'other' | 'missing'): Observation => ({ kind: 'entry', is, name })

test.for<[boolean, Severity, Observation[], string[], Record<string, EntryError>]>([
  [true, 'detail', [], ['a'], { b: { Code } }],
  [true, 'detail', [], ['a'], { b: { Code, Message: 'no' } }],
  [
    false,
    'detail',
    [other('Message', 'other'), other('VersionId', 'missing')],
    ['a'],
    { b: { Code, Message: 'x', VersionId: 'v' } },
  ],
  [false, 'detail', [failed('PreconditionFailed')], ['a'], { b: { Code: 'NoSuchKey' } }],
  [false, 'status', [failed('PreconditionFailed')], ['a', 'b'], {}],
  [false, 'status', [missing], ['a', 'c'], { b: { Code } }],
  [false, 'status', [missing], ['a'], { b: { Code }, c: { Code } }],
  [false, 'status', [{ kind: 'entry', is: 'deleted' }], [], { a: { Code }, b: { Code } }],
  [false, 'detail', [{ kind: 'entry', is: 'unexpected' }], ['a'], {}],
])('toDelete: pass %s, severity %s, entries %o', async ([pass, severity, entries, keys, errors]) => {
  const observed = [{ kind: 'response', operation: 'DeleteObjects', status: 200 }, ...entries]

  expect(await toDelete(deletion(), keys, errors)).toMatchObject({ pass, observed, severity })
})

test('toDelete observes that the request failed', async () => {
  expect(await toDelete(failure(), ['a'])).toMatchObject({
    pass: false,
    observed: [{ kind: 'response', status: 501 }],
    severity: 'status',
  })
})

test('toDeleteNothing passes if the request or every entry fails', async () => {
  const everyEntry = async () => link({ Errors: [{ Key: 'b', Code }] }, exchange)

  expect(await toDeleteNothing(failure())).toMatchObject({ pass: true })
  expect(await toDeleteNothing(everyEntry())).toMatchObject({ pass: true })
  expect(await toDeleteNothing(deletion())).toMatchObject({
    pass: false,
    observed: [
      { kind: 'response', status: 200 },
      { kind: 'entry', is: 'deleted' },
    ],
    severity: 'status',
  })
})
