import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Unmodified-Since'

describe('x-amz-copy-source-if-unmodified-since refuses what was modified later', guide('conditional-reads'), () => {
  test('CopyObject copies for Last-Modified itself', evidence('C09'), async ({ s3, sharedObject, key }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfUnmodifiedSince: sharedObject.LastModified }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(sharedObject.body)
  })

  test('CopyObject answers 412 for a date before Last-Modified', evidence('C10'), async ({ s3, sharedObject, key }) => {
    const source = {
      CopySource: sharedObject.copySource,
      CopySourceIfUnmodifiedSince: oneMinuteBefore(sharedObject.LastModified),
    }
    const copy = s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
    await expect(key).toHoldNothing()
  })

  test('UploadPartCopy copies for Last-Modified itself', evidence('C24'), async ({ s3, sharedObject, upload }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfUnmodifiedSince: sharedObject.LastModified }
    await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(upload).toHaveParts([1])
  })

  test(
    'UploadPartCopy answers 412 for a date before Last-Modified',
    evidence('C25'),
    async ({ s3, sharedObject, upload }) => {
      const source = {
        CopySource: sharedObject.copySource,
        CopySourceIfUnmodifiedSince: oneMinuteBefore(sharedObject.LastModified),
      }
      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )
})
