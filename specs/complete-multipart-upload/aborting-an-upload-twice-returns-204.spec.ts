import { AbortMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// AbortMultipartUpload returns 204 whether or not the upload still exists. UploadPart fails if the upload no longer
// exists.
describe('Aborting an upload a second time also returns 204', docs('abort-mpu'), () => {
  test(
    'AbortMultipartUpload returns 204 when the upload has already been aborted',
    evidence(facts.M27),
    async ({ s3, key, startUpload }) => {
      const { Bucket, Key, UploadId } = await startUpload(key, 'first')

      const once = s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
      await expect(once).toReturnStatus(204)
      const twice = s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))

      await expect(twice).toReturnStatus(204)
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'UploadPart fails with 404 NoSuchUpload when the upload has already been aborted',
    evidence(facts.M27),
    async ({ s3, key, startUpload }) => {
      const { Bucket, Key, UploadId } = await startUpload(key, 'first')
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))

      const part = s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 2, Body: 'second' }))

      await expect(part).toFailWith(404, 'NoSuchUpload')
      await expect(key).toHaveNoObject()
    },
  )
})
