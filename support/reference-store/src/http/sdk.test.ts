import { Readable } from 'node:stream'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { newFakeStore } from '../../test/fake-store.ts'
import { open, start } from '../../test/server.ts'
import { readRequest } from '../core/request.ts'
import { verifyPayload, verifySignature } from '../core/signature.ts'

describe('the SDK', () => {
  const sdk = (endpoint: string, secretAccessKey = 'test') => {
    const credentials = { accessKeyId: 'test', secretAccessKey }
    const client = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true, maxAttempts: 1 })
    open.push(() => client.destroy())
    return client
  }

  const verifying = async () => {
    const { server, store } = await start(newFakeStore(10_000_000, true))
    const options = { ...store.options, now: () => new Date() }
    store.respond = (request) => {
      verifySignature(readRequest(request), request, options)
      verifyPayload(request, options)
      return { status: 200, headers: { ETag: '"a"' }, body: [] }
    }
    return { server, store }
  }

  test.each([
    ['text', 'abc', 3],
    ['bytes', Buffer.alloc(1_000_000, 'a'), 1_000_000],
  ])('The SDK sends %s with a valid signature', async (_, Body, size) => {
    const { server, store } = await verifying()
    await sdk(server.endpoint).send(new PutObjectCommand({ Bucket: 'b', Key: 'é/日 +', Body }))
    expect(store.finished[0]?.body).toHaveLength(size)
  })

  test('The SDK sends a stream as aws-chunked with a valid signature', async () => {
    const { server, store } = await verifying()
    const Body = Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(3, 'b')])
    await sdk(server.endpoint).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body, ContentLength: 70_003 }))

    const [sent] = store.finished
    expect(sent?.headers).toMatchObject({ 'x-amz-decoded-content-length': '70003' })
    expect(sent?.headers['content-encoding']).toBeUndefined()
    expect(sent?.body?.toString()).toBe(`${'a'.repeat(70_000)}bbb`)
    expect(sent?.trailers).toEqual({ 'x-amz-checksum-crc32': expect.any(String) })
  })

  test('The SDK throws SignatureDoesNotMatch when it signs with a wrong secret', async () => {
    const { server } = await verifying()
    const put = sdk(server.endpoint, 'other').send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'a' }))
    await expect(put).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  })
})
