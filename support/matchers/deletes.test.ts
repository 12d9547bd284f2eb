import { expect, test } from 'vitest'
import { type Exchange, link } from '../exchange/record'
import { type EntryError, toDelete, toDeleteNothing } from './deletes'

const exchange: Exchange = {
  by: 'spec',
  operation: 'DeleteObjects',
  request: { method: 'POST', path: '/b?delete', headers: {} },
  response: { status: 200, headers: {} },
}
const accepted = 'DeleteObjects accepted with 200'
const refusal = () =>
  Promise.reject(link(new Error('refused'), { ...exchange, response: { status: 501, headers: {}, body: '' } }))
const sent = async () =>
  link({ Deleted: [{ Key: 'a' }], Errors: [{ Key: 'b', Code: 'PreconditionFailed', Message: 'no' }] }, exchange)
const Code = 'PreconditionFailed'

test.for<[boolean, string, string, string[], Record<string, EntryError>]>([
  [true, 'detail', accepted, ['a'], { b: { Code } }],
  [true, 'detail', accepted, ['a'], { b: { Code, Message: 'no' } }],
  [false, 'detail', `${accepted}, another Message, no VersionId`, ['a'], { b: { Code, Message: 'x', VersionId: 'v' } }],
  [false, 'detail', `${accepted}, an entry refused with PreconditionFailed`, ['a'], { b: { Code: 'NoSuchKey' } }],
  [false, 'answer', `${accepted}, an entry refused with PreconditionFailed`, ['a', 'b'], {}],
  [false, 'answer', `${accepted}, an entry left out`, ['a', 'c'], { b: { Code } }],
  [false, 'answer', `${accepted}, an entry left out`, ['a'], { b: { Code }, c: { Code } }],
  [false, 'data', `${accepted}, an entry deleted`, [], { a: { Code }, b: { Code } }],
  [false, 'detail', `${accepted}, more entries than were sent`, ['a'], {}],
])('toDelete: %s, %s, %s', async ([pass, level, observed, keys, errors]) => {
  expect(await toDelete(sent(), keys, errors)).toMatchObject({ pass, meta: { observed, level } })
})

test('toDelete says of a refusal what it is', async () => {
  expect(await toDelete(refusal(), ['a'])).toMatchObject({
    pass: false,
    meta: { observed: 'DeleteObjects answered 501', level: 'answer' },
  })
})

test('toDeleteNothing takes a refusal of the request or of every entry, and nothing under Deleted', async () => {
  const everyEntry = async () => link({ Errors: [{ Key: 'b', Code }] }, exchange)

  expect(await toDeleteNothing(refusal())).toMatchObject({ pass: true })
  expect(await toDeleteNothing(everyEntry())).toMatchObject({ pass: true })
  expect(await toDeleteNothing(sent())).toMatchObject({
    pass: false,
    meta: { observed: `${accepted}, Deleted lists keys`, level: 'data' },
  })
})
