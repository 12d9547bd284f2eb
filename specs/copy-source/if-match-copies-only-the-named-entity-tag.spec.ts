import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Match'

describe('x-amz-copy-source-if-match copies only the named entity tag', guide('conditional-reads'), () => {
  test('CopyObject copies for the current entity tag', evidence('C01'), async ({ s3, sharedObject, key }) => {
    const { copySource: CopySource, ETag, body } = sharedObject
    await s3.send(new CopyObjectCommand({ ...key, CopySource, CopySourceIfMatch: ETag }))

    await expect(key).toHoldObject(body)
  })

  test('CopyObject answers 412 for another entity tag', evidence('C02'), async ({ s3, sharedObject, key }) => {
    const { copySource: CopySource } = sharedObject
    const copy = s3.send(new CopyObjectCommand({ ...key, CopySource, CopySourceIfMatch: anotherETag }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
    await expect(key).toHoldNothing()
  })

  test('UploadPartCopy copies for the current entity tag', evidence('C20'), async ({ s3, sharedObject, upload }) => {
    const { copySource: CopySource, ETag } = sharedObject
    const source = { CopySource, CopySourceIfMatch: ETag }
    await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(upload).toHaveParts([1])
  })

  test('UploadPartCopy answers 412 for another entity tag', evidence('C21'), async ({ s3, sharedObject, upload }) => {
    const { copySource: CopySource } = sharedObject
    const source = { CopySource, CopySourceIfMatch: anotherETag }
    const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
    await expect(upload).toHaveParts([])
  })
})
