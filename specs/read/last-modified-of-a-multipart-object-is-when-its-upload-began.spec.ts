import { CompleteMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('Last-Modified of a multipart object is when its upload was initiated', docs('UsingMetadata'), () => {
  test.for(reads)(
    '%s answers 200 to If-Unmodified-Since',
    evidence(facts.R61),
    async ({ Read }, { s3, agedUpload }) => {
      const { Bucket, Key, UploadId, Initiated } = agedUpload
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }))
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
      await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }))

      const read = s3.send(new Read({ Bucket, Key, IfUnmodifiedSince: Initiated }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ LastModified: Initiated })
    },
  )

  test.for(reads)('%s answers 304 to If-Modified-Since', evidence(facts.R61), async ({ Read }, { s3, agedUpload }) => {
    const { Bucket, Key, UploadId, Initiated } = agedUpload
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }))
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }))

    const read = s3.send(new Read({ Bucket, Key, IfModifiedSince: Initiated }))

    await expect(read).toReturnStatus(304)
  })
})
