import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// The parts of the upload are billed until it is completed or aborted.
describe('A 412 leaves the upload in progress and keeps its parts', docs('conditional-writes'), () => {
  test(
    'CompleteMultipartUpload with If-Match succeeds for the current ETag on a retry after a 412',
    evidence(facts.M09),
    async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')
      const failed = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: anotherETag }))
      await expect(failed).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })

      await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: object.ETag }))

      await expect(object).toHaveBody('second')
    },
  )

  test(
    'UploadPart succeeds after CompleteMultipartUpload has failed with 412',
    evidence(facts.M09, facts.M08),
    async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')
      const failed = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: anotherETag }))
      await expect(failed).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })

      const { Bucket, Key, UploadId } = upload
      await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 2, Body: 'third' }))

      await expect(upload).toHaveParts([1, 2])
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'AbortMultipartUpload returns 204 after CompleteMultipartUpload has failed with 412',
    evidence(facts.M09, facts.M02),
    async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')
      const { Bucket, Key, UploadId } = upload
      const failed = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))
      await expect(failed).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })

      const abort = s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))

      await expect(abort).toReturnStatus(204)
      await expect(object).toBeUnchanged()
    },
  )
})
