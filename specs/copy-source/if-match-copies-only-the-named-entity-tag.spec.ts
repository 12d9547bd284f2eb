import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('x-amz-copy-source-if-match copies only the named entity tag', guide('conditional-reads'), () => {
  test('CopyObject copies for the current entity tag', evidence('C01'), async ({ s3, sharedObject, key }) => {
    await s3.send(
      new CopyObjectCommand({ ...key, CopySource: sharedObject.copySource, CopySourceIfMatch: sharedObject.ETag }),
    )

    await expect(key).toHoldObject(sharedObject.body)
  })

  test('CopyObject answers 412 for another entity tag', evidence('C02'), async ({ s3, sharedObject, key }) => {
    const copy = s3.send(
      new CopyObjectCommand({ ...key, CopySource: sharedObject.copySource, CopySourceIfMatch: anotherETag }),
    )

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
    await expect(key).toHoldNothing()
  })

  test('UploadPartCopy copies for the current entity tag', evidence('C20'), async ({ s3, sharedObject, upload }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfMatch: sharedObject.ETag }
    await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(upload).toHaveParts([1])
  })

  test('UploadPartCopy answers 412 for another entity tag', evidence('C21'), async ({ s3, sharedObject, upload }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfMatch: anotherETag }
    const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
    await expect(upload).toHaveParts([])
  })
})
