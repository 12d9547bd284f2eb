import { UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, oneSecondAfter, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Modified-Since'

describe('x-amz-copy-source-if-modified-since treats a part as CopyObject does', guide('conditional-reads'), () => {
  test(
    'UploadPartCopy copies for a date before Last-Modified',
    evidence('C26'),
    async ({ s3, sharedObject, upload }) => {
      const { copySource: CopySource, LastModified } = sharedObject
      const source = { CopySource, CopySourceIfModifiedSince: oneMinuteBefore(LastModified) }
      await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(upload).toHaveParts([1])
    },
  )

  test('UploadPartCopy answers 412 for Last-Modified itself', evidence('C28'), async ({ s3, sharedObject, upload }) => {
    const { copySource: CopySource, LastModified } = sharedObject
    const source = { CopySource, CopySourceIfModifiedSince: LastModified }
    const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
    await expect(upload).toHaveParts([])
  })

  test(
    'UploadPartCopy answers 412 for a date between Last-Modified and now',
    evidence('C28'),
    async ({ s3, agedObject, upload }) => {
      const { copySource: CopySource, LastModified } = agedObject
      const source = { CopySource, CopySourceIfModifiedSince: oneSecondAfter(LastModified) }
      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )
})
