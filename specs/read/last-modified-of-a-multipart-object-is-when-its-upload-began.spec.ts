import { CompleteMultipartUploadCommand, type S3Client, UploadPartCommand } from '@aws-sdk/client-s3'
import { type Address, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

async function completeWithOnePart(s3: S3Client, { Bucket, Key, UploadId }: Address & { UploadId: string }) {
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }))
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }))
}

describe('Last-Modified of a multipart object is the time at which its upload began', docs('UsingMetadata'), () => {
  test.for(reads)(
    "%s returns 200 when If-Unmodified-Since is the start time of the object's multipart upload",
    evidence(facts.R61),
    async ({ Read }, { s3, agedUpload }) => {
      const { Bucket, Key, Initiated } = agedUpload
      await completeWithOnePart(s3, agedUpload)

      const read = s3.send(new Read({ Bucket, Key, IfUnmodifiedSince: Initiated }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ LastModified: Initiated })
    },
  )

  test.for(reads)(
    "%s returns 304 when If-Modified-Since is the start time of the object's multipart upload",
    evidence(facts.R61),
    async ({ Read }, { s3, agedUpload }) => {
      const { Bucket, Key, Initiated } = agedUpload
      await completeWithOnePart(s3, agedUpload)

      const read = s3.send(new Read({ Bucket, Key, IfModifiedSince: Initiated }))

      await expect(read).toReturnStatus(304)
    },
  )
})
