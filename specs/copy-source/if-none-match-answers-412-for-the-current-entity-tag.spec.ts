import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-None-Match'

describe('x-amz-copy-source-if-none-match answers 412, never 304', guide('conditional-reads'), () => {
  test('CopyObject answers 412 for the current entity tag', evidence('C03'), async ({ s3, sharedObject, key }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfNoneMatch: sharedObject.ETag }
    const copy = s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
    await expect(key).toHoldNothing()
  })

  test('CopyObject copies for another entity tag', evidence('C04'), async ({ s3, sharedObject, key }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfNoneMatch: anotherETag }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(sharedObject.body)
  })

  test(
    'UploadPartCopy answers 412 for the current entity tag',
    evidence('C23'),
    async ({ s3, sharedObject, upload }) => {
      const source = { CopySource: sharedObject.copySource, CopySourceIfNoneMatch: sharedObject.ETag }
      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )

  test('UploadPartCopy copies for another entity tag', evidence('C22'), async ({ s3, sharedObject, upload }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfNoneMatch: anotherETag }
    await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(upload).toHaveParts([1])
  })
})
