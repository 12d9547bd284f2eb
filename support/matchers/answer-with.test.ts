import { expect, test } from 'vitest'
import { type Exchange, link } from '../exchange/record'
import { toAnswerWith } from './answer-with'

const LastModified = new Date('2026-11-25T10:00:00Z')
const exchange: Exchange = {
  by: 'spec',
  operation: 'GetObject',
  request: { method: 'GET', path: '/b/k', headers: {} },
  response: { status: 200, headers: {} },
}
const sent = async () => link({ ETag: '"e"', LastModified, Body: { transformToString: async () => 'bytes' } }, exchange)

test.for<[boolean, string, Record<string, unknown>]>([
  [true, 'the same ETag', { ETag: '"e"' }],
  [true, 'the same LastModified and Body', { LastModified: new Date(LastModified), Body: 'bytes' }],
  [false, 'another ETag', { ETag: '"f"', Body: 'bytes' }],
  [false, 'another Body', { Body: 'other bytes' }],
  [false, 'no VersionId and another ETag', { VersionId: 'v', ETag: '"f"' }],
])('%s: %s', async ([pass, observed, members]) => {
  expect(await toAnswerWith.call({}, sent(), members)).toMatchObject({ pass, meta: { observed } })
})

test('says of a refusal what it is', async () => {
  const refusal = link(new Error('refused'), { ...exchange, response: { status: 412, headers: {}, body: '' } })
  const observed = 'GetObject answered 412'

  const result = await toAnswerWith.call({}, Promise.reject(refusal), { ETag: '"e"' })

  expect(result).toMatchObject({ pass: false, meta: { observed, level: 'answer' } })
  expect(await toAnswerWith.call({ isNot: true }, Promise.reject(refusal), { ETag: '"e"' })).toMatchObject({
    pass: true,
  })
})
