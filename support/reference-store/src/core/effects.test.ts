import { expect, test } from 'vitest'
import { completion, testStore } from '../../test/store.ts'
import { type Effect, evaluate, expectedOf, type Operation } from '../rules/index.ts'

/** Creates a store whose rules return the given outcome for one operation. */
const mutatedStore = (operation: Operation, decide: 'fail' | 'succeed', effect: Effect) =>
  testStore({
    rules(request, state) {
      const right = evaluate(request, state)
      if (request.operation !== operation || !expectedOf(right)) return right
      if (decide === 'succeed') return { kind: 'success', status: 200, effect, steps: [] }
      return { kind: 'failure', error: { status: 412, code: 'PreconditionFailed' }, effect, steps: [] }
    },
  })

const KEY = '/b-bucket/k'

async function uploadTo({ send, createUpload }: Awaited<ReturnType<typeof testStore>>) {
  const id = await createUpload(KEY)
  const { headers } = await send('PUT', `${KEY}?partNumber=1&uploadId=${id}`, {}, 'part')
  return { url: `${KEY}?uploadId=${id}`, list: completion(headers.ETag) }
}

test.each([
  ['fail', 'written', 412, 200],
  ['fail', 'unchanged', 412, 404],
  ['succeed', 'unchanged', 200, 404],
] as const)(
  'PutObject and CopyObject apply mutated rules with the outcome %s and the effect %s',
  async (decide, effect, status, read) => {
    for (const operation of ['PutObject', 'CopyObject'] as const) {
      const { send } = await mutatedStore(operation, decide, effect)
      if (operation === 'CopyObject') await send('PUT', '/b-bucket/source', {}, 'bytes')
      const headers: Record<string, string> =
        operation === 'CopyObject' ? { 'x-amz-copy-source': 'b-bucket/source' } : {}

      expect((await send('PUT', KEY, headers, 'bytes')).status).toBe(status)
      expect((await send('GET', KEY)).status).toBe(read)
    }
  },
)

test.each([
  ['fail', 'deleted', 412, 404],
  ['succeed', 'unchanged', 204, 200],
] as const)(
  'DeleteObject applies mutated rules with the outcome %s and the effect %s',
  async (decide, effect, status, read) => {
    const { send } = await mutatedStore('DeleteObject', decide, effect)
    await send('PUT', KEY, {}, 'bytes')

    expect((await send('DELETE', KEY)).status).toBe(status)
    expect((await send('GET', KEY)).status).toBe(read)
  },
)

test('With mutated rules, CompleteMultipartUpload can fail with 412 and still write the object or end the upload', async () => {
  for (const [effect, read, then] of [
    ['written', 200, 412],
    ['upload aborted', 404, 404],
    ['unchanged', 404, 412],
  ] as const) {
    const store = await mutatedStore('CompleteMultipartUpload', 'fail', effect)
    const { url, list } = await uploadTo(store)

    expect((await store.send('POST', url, {}, list)).status).toBe(412)
    expect((await store.send('GET', KEY)).status).toBe(read)
    // Once the object has been written, the upload has ended and cannot be completed again.
    expect((await store.send('POST', url, {}, list)).status).toBe(effect === 'written' ? 404 : then)
  }
})

test('With mutated rules, UploadPart and UploadPartCopy can fail with 412 and still store the part', async () => {
  for (const operation of ['UploadPart', 'UploadPartCopy'] as const) {
    const store = await mutatedStore(operation, 'fail', 'part stored')
    await store.send('PUT', '/b-bucket/source', {}, 'bytes')
    const { url } = await uploadTo(store)
    const headers: Record<string, string> =
      operation === 'UploadPartCopy' ? { 'x-amz-copy-source': 'b-bucket/source' } : {}

    expect((await store.send('PUT', `${url}&partNumber=2`, headers, 'part')).status).toBe(412)
    expect((await store.send('GET', url)).text).toContain('<PartNumber>2</PartNumber>')
  }
})

test('An append overwrites the object if mutated rules return the effect `written`', async () => {
  const { send } = await mutatedStore('PutObject', 'succeed', 'written')
  const key = '/d--use1-az4--x-s3/k'
  const body =
    '<CreateBucketConfiguration><Location><Type>AvailabilityZone</Type><Name>use1-az4</Name></Location><Bucket><Type>Directory</Type><DataRedundancy>SingleAvailabilityZone</DataRedundancy></Bucket></CreateBucketConfiguration>'
  await send('PUT', '/d--use1-az4--x-s3', {}, body)
  await send('PUT', key, {}, 'first')
  await send('PUT', key, { 'x-amz-write-offset-bytes': '5' }, 'second')

  expect((await send('GET', key)).text).toBe('second')
})
