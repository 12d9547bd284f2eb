import {
  CompleteMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('Last-Modified of a multipart object is when its upload was initiated', guide('UsingMetadata'), () => {
  test.for(reads)(
    '%s: If-Unmodified-Since compares with that',
    evidence('R61'),
    async ([, Read], { s3, agedUpload }) => {
      const { Bucket, Key, UploadId, Initiated } = agedUpload
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }))
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
      await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }))

      const answer = await s3.send(new Read({ Bucket, Key, IfUnmodifiedSince: Initiated }))

      expect(answer.LastModified).toEqual(Initiated)
    },
  )

  test.for(reads)('%s: If-Modified-Since compares with that', evidence('R61'), async ([, Read], { s3, agedUpload }) => {
    const { Bucket, Key, UploadId, Initiated } = agedUpload
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }))
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }))

    const read = s3.send(new Read({ Bucket, Key, IfModifiedSince: Initiated }))

    await expect(read).toBeNotModified()
  })
})
