import { randomUUID } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {
  type Address,
  clientNames,
  describe,
  docs,
  evidence,
  expect,
  facts,
  rounds,
  runConcurrently,
  test,
} from '../../support/test'

/** Uploads an object in parts if the key has no object. Returns whether this call stored the object. */
async function upload(s3: S3Client, key: Address, Body: string): Promise<boolean> {
  const token = randomUUID()
  for (let attempt = 1; ; attempt++) {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...key, Metadata: { token } }))
    const parts = { ...key, UploadId }
    try {
      const { ETag } = await s3.send(new UploadPartCommand({ ...parts, PartNumber: 1, Body }))
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
      await s3.send(new CompleteMultipartUploadCommand({ ...parts, MultipartUpload, IfNoneMatch: '*' }))
      return true
    } catch (error) {
      const { name } = error as Error
      // Parts are billed until the upload is aborted. A failed completion does not abort it.
      await s3.send(new AbortMultipartUploadCommand(parts)).catch(() => {})
      // 409: this upload can no longer be completed, so start another one.
      if (name === 'ConditionalRequestConflict' && attempt < 10) continue
      if (name !== 'PreconditionFailed' && name !== 'NoSuchUpload') throw error
      const stored = await s3.send(new HeadObjectCommand(key))
      return stored.Metadata?.token === token
    }
  }
}

const uploadsTo = async (s3: S3Client, { Bucket, Key }: Address) =>
  (await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }))).Uploads?.length ?? 0

describe('A multipart upload is safe to repeat: If-None-Match, a token, and an abort', docs('mpuoverview'), () => {
  test('one of ten callers stores, and no parts are left', {
    ...evidence(facts.M01, facts.M29),
    ...rounds(10),
  }, async ({ s3, key }) => {
    const stored = await runConcurrently(10, (caller) => upload(s3, key, caller))

    expect(stored.filter(Boolean).length).toComeTo(1)
    await expect(key).toHaveBody(clientNames[stored.indexOf(true)] ?? 'nobody')
    expect(await uploadsTo(s3, key)).toComeTo(0)
  })

  test('knows its own when the answer is lost', evidence(facts.S12), async ({ clientWithLostResponse, s3, key }) => {
    const losing = await clientWithLostResponse(500, 'CompleteMultipartUpload')

    expect(await upload(losing, key, 'mine')).toComeTo(true)
    await expect(key).toHaveBody('mine')
    expect(await uploadsTo(s3, key)).toComeTo(0)
  })

  test('one of ten stores through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    s3,
    key,
  }) => {
    const uploading = await flakyClient()

    const stored = await runConcurrently(10, (caller) => upload(uploading, key, caller))

    expect(stored.filter(Boolean).length).toComeTo(1)
    await expect(key).toHaveBody(clientNames[stored.indexOf(true)] ?? 'nobody')
    expect(await uploadsTo(s3, key)).toComeTo(0)
  })

  test('without the condition it replaces what is there', evidence(facts.S40), async ({ s3, upload, key }) => {
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'first' }))
    await s3.send(new PutObjectCommand({ ...key, Body: 'written meanwhile' }))

    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }))

    await expect(key).toHaveBody('first')
  })
})
