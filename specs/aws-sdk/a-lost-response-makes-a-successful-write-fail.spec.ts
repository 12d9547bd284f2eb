import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const options = docs('conditional-writes', { needs: ['proxy'] })

// The first attempt succeeds, but its response is lost. When the SDK retries, the first attempt has already taken
// effect.
describe('A lost response makes a successful write appear to fail, except for CompleteMultipartUpload', options, () => {
  test(
    'PutObject with If-None-Match: * fails with 412 when it is retried after a successful response is lost',
    evidence(facts.S12, facts.P02),
    async ({ clientWithLostResponse, key }) => {
      const s3 = await clientWithLostResponse(500)
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(key).toHaveBody('first')
    },
  )

  test(
    'PutObject with If-Match fails with 412 when it is retried after a successful response is lost',
    evidence(facts.S12),
    async ({ clientWithLostResponse, object }) => {
      const s3 = await clientWithLostResponse('cut')
      const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfMatch: object.ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toHaveBody('second')
    },
  )

  test(
    'CopyObject with If-None-Match: * fails with 412 when it is retried after a successful response is lost',
    evidence(facts.S12, facts.D02),
    async ({ clientWithLostResponse, sharedObject, key }) => {
      const s3 = await clientWithLostResponse(503)
      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'DeleteObject with If-Match fails with 404 when it is retried after a successful response is lost',
    evidence(facts.S12, facts.X05),
    async ({ clientWithLostResponse, object }) => {
      const s3 = await clientWithLostResponse(500)
      const deletion = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: object.ETag }))

      await expect(deletion).toFailWith(404, 'NoSuchKey', { Key: object.address.Key })
      await expect(object).toHaveNoObject()
    },
  )

  test(
    'CompleteMultipartUpload with If-None-Match: * returns 200 when it is retried after a successful response is lost',
    evidence(facts.M19),
    async ({ clientWithLostResponse, s3, upload, key }) => {
      const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'first' }))
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
      const losingClient = await clientWithLostResponse(504)
      const completion = losingClient.send(
        new CompleteMultipartUploadCommand({ ...upload, MultipartUpload, IfNoneMatch: '*' }),
      )

      await expect(completion).toReturnStatus(200)
      await expect(key).toHaveBody('first')
    },
  )
})
