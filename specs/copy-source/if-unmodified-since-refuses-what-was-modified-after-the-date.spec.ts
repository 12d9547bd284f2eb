import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, oneSecondAfter, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Unmodified-Since'

describe('x-amz-copy-source-if-unmodified-since refuses what was modified later', guide('conditional-reads'), () => {
  test('CopyObject copies for Last-Modified itself', evidence('C09'), async ({ s3, sharedObject, key }) => {
    const { copySource: CopySource, LastModified, body } = sharedObject
    await s3.send(new CopyObjectCommand({ ...key, CopySource, CopySourceIfUnmodifiedSince: LastModified }))

    await expect(key).toHoldObject(body)
  })

  test('CopyObject answers 412 for a date before Last-Modified', evidence('C10'), async ({ s3, sharedObject, key }) => {
    const { copySource: CopySource, LastModified } = sharedObject
    const source = { CopySource, CopySourceIfUnmodifiedSince: oneMinuteBefore(LastModified) }
    const copy = s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
    await expect(key).toHoldNothing()
  })

  test('UploadPartCopy copies for a date after Last-Modified', evidence('C24'), async ({ s3, agedObject, upload }) => {
    const { copySource: CopySource, LastModified } = agedObject
    const source = { CopySource, CopySourceIfUnmodifiedSince: oneSecondAfter(LastModified) }
    await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(upload).toHaveParts([1])
  })

  test(
    'UploadPartCopy answers 412 for a date before Last-Modified',
    evidence('C25'),
    async ({ s3, sharedObject, upload }) => {
      const { copySource: CopySource, LastModified } = sharedObject
      const source = { CopySource, CopySourceIfUnmodifiedSince: oneMinuteBefore(LastModified) }
      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )
})
