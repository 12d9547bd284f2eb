import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, oneSecondAfter, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Modified-Since'

describe('x-amz-copy-source-if-modified-since copies only what was modified later', guide('conditional-reads'), () => {
  test('CopyObject copies for a date before Last-Modified', evidence('C07'), async ({ s3, sharedObject, key }) => {
    const source = {
      CopySource: sharedObject.copySource,
      CopySourceIfModifiedSince: oneMinuteBefore(sharedObject.LastModified),
    }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(sharedObject.body)
  })

  test(
    'CopyObject answers 412 for Last-Modified itself, never 304',
    evidence('C06'),
    async ({ s3, sharedObject, key }) => {
      const source = { CopySource: sharedObject.copySource, CopySourceIfModifiedSince: sharedObject.LastModified }
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(key).toHoldNothing()
    },
  )

  test(
    'CopyObject answers 412 for a date between Last-Modified and now',
    evidence('C05'),
    async ({ s3, agedSharedObject, key }) => {
      const source = {
        CopySource: agedSharedObject.copySource,
        CopySourceIfModifiedSince: oneSecondAfter(agedSharedObject.LastModified),
      }
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(key).toHoldNothing()
    },
  )

  test(
    'UploadPartCopy copies for a date before Last-Modified',
    evidence('C26'),
    async ({ s3, sharedObject, upload }) => {
      const source = {
        CopySource: sharedObject.copySource,
        CopySourceIfModifiedSince: oneMinuteBefore(sharedObject.LastModified),
      }
      await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(upload).toHaveParts([1])
    },
  )

  test('UploadPartCopy answers 412 for Last-Modified itself', evidence('C28'), async ({ s3, sharedObject, upload }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfModifiedSince: sharedObject.LastModified }
    const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
    await expect(upload).toHaveParts([])
  })

  test(
    'UploadPartCopy answers 412 for a date between Last-Modified and now',
    evidence('C28'),
    async ({ s3, agedSharedObject, upload }) => {
      const source = {
        CopySource: agedSharedObject.copySource,
        CopySourceIfModifiedSince: oneSecondAfter(agedSharedObject.LastModified),
      }
      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )
})
