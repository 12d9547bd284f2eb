import { describe, expect, test } from 'vitest'
import { testStore } from '../../test/store.ts'

describe('UploadPartCopy', () => {
  const FORM = 'must be of the form bytes=first-last'
  test.for([
    ['bytes=0-9', ''],
    ['bytes=9-9', ''],
    ['bytes=0-100', 'Range specified is not valid for source object of size: 10'],
    ['bytes=100-200', 'The specified copy range is invalid for the source object size'],
    ['bytes=1-0', FORM],
    ['bytes=1-', FORM],
    ['bytes=-1', FORM],
    ['bytes=0-1,3-4', FORM],
    ['0-8', FORM],
  ] as const)(
    'UploadPartCopy with the range %s of a ten-byte source succeeds or fails with the message recorded on Amazon S3: "%s"',
    async ([range, message]) => {
      const { send, createUpload } = await testStore()
      await send('PUT', '/b-bucket/source', {}, '0123456789')
      const id = await createUpload('/b-bucket/k')
      const headers = { 'x-amz-copy-source': '/b-bucket/source', 'x-amz-copy-source-range': range }
      const { status, text } = await send('PUT', `/b-bucket/k?partNumber=1&uploadId=${id}`, headers)

      expect(status).toBe(message ? 400 : 200)
      expect(text).toContain(message)
    },
  )
})

test('CopyObject fails with 403 when the expected source owner is another account', async () => {
  const { send } = await testStore()
  await send('PUT', '/b-bucket/source', {}, 'x')
  const copy = { 'x-amz-copy-source': '/b-bucket/source' }

  const other = { ...copy, 'x-amz-source-expected-bucket-owner': '111111111111' }
  expect(await send('PUT', '/b-bucket/k', other)).toMatchObject({ status: 403, code: 'AccessDenied' })
  const own = { ...copy, 'x-amz-source-expected-bucket-owner': '000000000000' }
  expect(await send('PUT', '/b-bucket/k', own)).toMatchObject({ status: 200 })
})

test('CopyObject ignores x-amz-tagging unless x-amz-tagging-directive is REPLACE', async () => {
  const { send } = await testStore()
  await send('PUT', '/b-bucket/source', {}, '0123456789')
  const invalid = { 'x-amz-copy-source': '/b-bucket/source', 'x-amz-tagging': 'a=1&a=2' }

  expect((await send('PUT', '/b-bucket/k', invalid)).status).toBe(200)
  expect((await send('PUT', '/b-bucket/k', { ...invalid, 'x-amz-tagging-directive': 'REPLACE' })).status).toBe(400)
})
