import { expect, test } from 'vitest'
import type { Difference } from '../observation'
import { type Exchange, link } from '../wire/record'
import { toHaveOutput } from './output'

const LastModified = new Date('2026-11-25T10:00:00Z')
const exchange: Exchange = {
  by: 'spec',
  operation: 'GetObject',
  request: { method: 'GET', path: '/b/k', headers: {} },
  response: { status: 200, headers: {} },
}
const get = async () => link({ ETag: '"e"', LastModified, Body: { transformToString: async () => 'bytes' } }, exchange)

test.for<[boolean, Record<string, Difference>, Record<string, unknown>]>([
  [true, { ETag: 'same' }, { ETag: '"e"' }],
  [true, { LastModified: 'same', Body: 'same' }, { LastModified: new Date(LastModified), Body: 'bytes' }],
  [false, { ETag: 'other' }, { ETag: '"f"', Body: 'bytes' }],
  [false, { Body: 'other' }, { Body: 'other bytes' }],
  [false, { VersionId: 'missing', ETag: 'other' }, { VersionId: 'v', ETag: '"f"' }],
])('toHaveOutput: pass %s, differences %o', async ([pass, differences, members]) => {
  const found = await toHaveOutput.call({}, get(), members)

  const observed = Object.entries(differences).map(([name, is]) => ({
    kind: 'member',
    operation: 'GetObject',
    name,
    is,
  }))
  expect(found).toMatchObject({ pass, observed })
})

test('the assertion fails for a failed request, even with `not`', async () => {
  const failure = link(new Error('no'), { ...exchange, response: { status: 412, headers: {} } })

  const found = await toHaveOutput.call({}, Promise.reject(failure), { ETag: '"e"' })

  expect(found).toMatchObject({ pass: false, observed: [{ kind: 'response', status: 412 }], severity: 'status' })
  expect(await toHaveOutput.call({ isNot: true }, Promise.reject(failure), { ETag: '"e"' })).toMatchObject({
    pass: true,
  })
})
