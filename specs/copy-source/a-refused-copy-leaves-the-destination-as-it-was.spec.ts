import { CopyObjectCommand, ListPartsCommand, UploadPartCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('A refused copy leaves the destination as it was', guide('conditional-reads'), () => {
  test('an object stays', evidence('C02'), async ({ s3, sharedObject, destination }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfMatch: anotherETag }
    const copy = s3.send(new CopyObjectCommand({ ...destination.address, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
    await expect(destination).toBeUntouched()
  })

  test('no version is added', evidence('C03'), async ({ s3, sharedObject, versionedObject }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfNoneMatch: sharedObject.ETag }
    const copy = s3.send(new CopyObjectCommand({ ...versionedObject.address, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
    await expect(versionedObject).toBeUntouched()
  })

  test('a part stays', evidence('C21'), async ({ s3, sharedObject, upload }) => {
    const part = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }))

    const source = { CopySource: sharedObject.copySource, CopySourceIfMatch: anotherETag }
    const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
    await expect(upload).toHaveParts([1])
    const { Parts } = await s3.send(new ListPartsCommand(upload))
    expect(Parts?.[0]?.ETag).toBe(part.ETag)
  })

  test(
    'a version is added when the condition holds',
    evidence('C04'),
    async ({ s3, sharedObject, versionedObject }) => {
      const source = { CopySource: sharedObject.copySource, CopySourceIfNoneMatch: anotherETag }
      await s3.send(new CopyObjectCommand({ ...versionedObject.address, ...source }))
      await expect(versionedObject).toHoldObject(sharedObject.body)
      await expect(versionedObject).toHaveVersions(2)
    },
  )
})
