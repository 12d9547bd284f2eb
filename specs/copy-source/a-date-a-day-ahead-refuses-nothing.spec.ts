import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneDayAfter, test } from '../../support/test'

describe('A date a day ahead holds for both date conditions of a copy', guide('conditional-reads'), () => {
  test('CopyObject with modified-since ignores it and copies', evidence('C08'), async ({ s3, sharedObject, key }) => {
    const { copySource: CopySource, LastModified, body } = sharedObject
    const source = { CopySource, CopySourceIfModifiedSince: oneDayAfter(LastModified) }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(body)
  })

  test('CopyObject with unmodified-since copies', evidence('C11'), async ({ s3, sharedObject, key }) => {
    const { copySource: CopySource, LastModified, body } = sharedObject
    const source = { CopySource, CopySourceIfUnmodifiedSince: oneDayAfter(LastModified) }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(body)
  })

  test(
    'UploadPartCopy with modified-since ignores it and copies',
    evidence('C27'),
    async ({ s3, sharedObject, upload }) => {
      const { copySource: CopySource, LastModified } = sharedObject
      const source = { CopySource, CopySourceIfModifiedSince: oneDayAfter(LastModified) }
      await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(upload).toHaveParts([1])
    },
  )
})
