import { describe, expect, test } from 'vitest'
import { completion, testStore } from '../../test/store.ts'

const DAY = 86_400_000
const days = (count: number) => new Date(Date.now() + count * DAY).toISOString()
const LOCK = { 'x-amz-bucket-object-lock-enabled': 'true' }
const BYPASS = { 'x-amz-bypass-governance-retention': 'true' }
const MD5 = { 'content-md5': 'ndTkYSaMgDT1yFZOFVxnpg==' }
const retained = (mode: string, until: string) => ({
  'x-amz-object-lock-mode': mode,
  'x-amz-object-lock-retain-until-date': until,
})
const retention = (mode: string, until: string) =>
  `<Retention><Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`

async function lockedBucket() {
  const store = await testStore()
  await store.send('PUT', '/l-bucket', LOCK)
  return store
}

describe('a retention', () => {
  test.for([
    ['GOVERNANCE', 1, 'GOVERNANCE', 2, {}, 200],
    ['GOVERNANCE', 2, 'GOVERNANCE', 1, {}, 403],
    ['GOVERNANCE', 2, 'GOVERNANCE', 1, BYPASS, 200],
    ['COMPLIANCE', 1, 'COMPLIANCE', 2, {}, 200],
    ['COMPLIANCE', 2, 'COMPLIANCE', 1, BYPASS, 403],
    ['COMPLIANCE', 1, 'GOVERNANCE', 2, BYPASS, 403],
  ] as const)(
    'PutObjectRetention from %s for %s days to %s for %s days with the headers %o returns %s',
    async ([mode, from, next, to, headers, status]) => {
      const { send } = await lockedBucket()
      await send('PUT', '/l-bucket/k', { ...MD5, ...retained(mode, days(from)) }, 'x')

      expect(await send('PUT', '/l-bucket/k?retention', headers, retention(next, days(to)))).toMatchObject({ status })
    },
  )

  test.for([
    ['GOVERNANCE', {}, 403],
    ['GOVERNANCE', BYPASS, 204],
    ['COMPLIANCE', BYPASS, 403],
  ] as const)(
    'DeleteObject for a version retained in %s mode with the headers %o returns %s',
    async ([mode, headers, status]) => {
      const { send } = await lockedBucket()
      const put = await send('PUT', '/l-bucket/k', { ...MD5, ...retained(mode, days(1)) }, 'x')
      const version = put.headers['x-amz-version-id']

      expect(await send('DELETE', `/l-bucket/k?versionId=${version}`, headers)).toMatchObject({ status })
      expect(await send('DELETE', '/l-bucket/k')).toMatchObject({ status: 204 })
    },
  )

  test("A copy and an upload get the retention from their headers, and a copy never gets the source's retention", async () => {
    const { send, createUpload } = await lockedBucket()
    const headers = retained('GOVERNANCE', days(1))
    await send('PUT', '/l-bucket/k', { ...MD5, ...headers }, 'x')
    const copy = { 'x-amz-copy-source': '/l-bucket/k' }
    await send('PUT', '/l-bucket/copy', copy)
    await send('PUT', '/l-bucket/kept', { ...copy, ...headers })
    const id = await createUpload('/l-bucket/parts', headers)
    const part = await send('PUT', `/l-bucket/parts?partNumber=1&uploadId=${id}`, {}, 'x')
    await send('POST', `/l-bucket/parts?uploadId=${id}`, {}, completion(part.headers.ETag))

    for (const [key, status] of Object.entries({ k: 200, copy: 404, kept: 200, parts: 200 })) {
      expect(await send('GET', `/l-bucket/${key}?retention`), key).toMatchObject({ status })
    }
  })

  test('PutObject fails with 400 for an invalid retention, and with 501 for a legal hold', async () => {
    const { send } = await lockedBucket()
    const put = (headers: Record<string, string>) => send('PUT', '/l-bucket/k', { ...MD5, ...headers }, 'x')
    const { 'x-amz-object-lock-mode': mode } = retained('GOVERNANCE', '')

    expect((await put({ 'x-amz-object-lock-mode': mode })).text).toContain('must both be supplied')
    expect((await put(retained('SOME', days(1)))).text).toContain('Unknown wormMode directive.')
    expect((await put(retained('GOVERNANCE', days(-1)))).text).toContain('must be in the future')
    expect(await put({ 'x-amz-object-lock-legal-hold': 'ON' })).toMatchObject({ status: 501 })
    expect(await put({ 'x-amz-object-lock-legal-hold': 'OFF' })).toMatchObject({ status: 200 })
    const xml = '<Retention><Mode>GOVERNANCE</Mode></Retention>'
    expect(await send('PUT', '/l-bucket/k?retention', {}, xml)).toMatchObject({ status: 400, code: 'MalformedXML' })
    expect(await send('PUT', '/l-bucket/k?retention', {}, '<Retention/>')).toMatchObject({ status: 200 })
  })
})

test('A request that reads, sets or bypasses a retention fails with 400 in a bucket without Object Lock', async () => {
  const { send } = await testStore()
  await send('PUT', '/v-bucket/k', {}, 'x')
  const bypass = { 'x-amz-bypass-governance-retention': 'false' }

  expect(await send('GET', '/v-bucket/k?retention')).toMatchObject({ status: 400, code: 'InvalidRequest' })
  const xml = retention('GOVERNANCE', days(1))
  expect(await send('PUT', '/v-bucket/k?retention', {}, xml)).toMatchObject({ status: 400, code: 'InvalidRequest' })
  expect(await send('DELETE', '/v-bucket/k', bypass)).toMatchObject({ status: 400, code: 'InvalidArgument' })
  const entries = '<Delete><Object><Key>k</Key></Object></Delete>'
  expect(await send('POST', '/v-bucket?delete', bypass, entries)).toMatchObject({
    status: 400,
    code: 'InvalidArgument',
  })
  expect(await send('GET', '/v-bucket/k')).toMatchObject({ status: 200 })
})
