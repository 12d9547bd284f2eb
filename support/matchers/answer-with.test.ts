import { expect, test } from 'vitest'
import { toAnswerWith } from './answer-with'

const LastModified = new Date('2026-11-25T10:00:00Z')
const sent = async () => ({ ETag: '"e"', LastModified, Body: { transformToString: async () => 'bytes' } })

test.for<[boolean, string, Record<string, unknown>]>([
  [true, 'the same ETag', { ETag: '"e"' }],
  [true, 'the same LastModified and Body', { LastModified: new Date(LastModified), Body: 'bytes' }],
  [false, 'another ETag', { ETag: '"f"', Body: 'bytes' }],
  [false, 'another Body', { Body: 'other bytes' }],
  [false, 'no VersionId and another ETag', { VersionId: 'v', ETag: '"f"' }],
])('%s: %s', async ([pass, observed, members]) => {
  expect(await toAnswerWith.call({}, sent(), members)).toMatchObject({ pass, meta: { observed } })
})

test('leaves a refusal to whoever awaits the request', async () => {
  await expect(toAnswerWith.call({}, Promise.reject(new Error('refused')), { ETag: '"e"' })).rejects.toThrow('refused')
})
