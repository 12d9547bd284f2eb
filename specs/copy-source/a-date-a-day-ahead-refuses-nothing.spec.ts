import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneDayAfter, test } from '../../support/test'

describe('A date a day ahead holds for both date conditions of a copy', guide('conditional-reads'), () => {
  test('CopyObject with modified-since ignores it and copies', evidence('C08'), async ({ s3, sharedObject, key }) => {
    const source = {
      CopySource: sharedObject.copySource,
      CopySourceIfModifiedSince: oneDayAfter(sharedObject.LastModified),
    }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(sharedObject.body)
  })

  test('CopyObject with unmodified-since copies', evidence('C11'), async ({ s3, sharedObject, key }) => {
    const source = {
      CopySource: sharedObject.copySource,
      CopySourceIfUnmodifiedSince: oneDayAfter(sharedObject.LastModified),
    }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(sharedObject.body)
  })

  test(
    'UploadPartCopy with modified-since ignores it and copies',
    evidence('C27'),
    async ({ s3, sharedObject, upload }) => {
      const source = {
        CopySource: sharedObject.copySource,
        CopySourceIfModifiedSince: oneDayAfter(sharedObject.LastModified),
      }
      await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(upload).toHaveParts([1])
    },
  )
})
