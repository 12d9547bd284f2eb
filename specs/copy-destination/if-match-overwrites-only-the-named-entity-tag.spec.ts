import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('If-Match copies only over the named entity tag', guide('conditional-writes'), () => {
  test('copies for the entity tag of the destination', evidence('D06'), async ({ s3, sharedObject, destination }) => {
    const { address, ETag } = destination
    await s3.send(new CopyObjectCommand({ ...address, CopySource: sharedObject.copySource, IfMatch: ETag }))

    await expect(destination).toHoldObject(sharedObject.body)
  })

  test('is refused for another entity tag', evidence('D07'), async ({ s3, sharedObject, destination }) => {
    const { copySource: CopySource } = sharedObject
    const copy = s3.send(new CopyObjectCommand({ ...destination.address, CopySource, IfMatch: anotherETag }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(destination).toBeUntouched()
  })

  test('adds a version in a bucket with versioning', evidence('D06'), async ({ s3, sharedObject, versionedObject }) => {
    const { address, ETag } = versionedObject
    await s3.send(new CopyObjectCommand({ ...address, CopySource: sharedObject.copySource, IfMatch: ETag }))

    await expect(versionedObject).toHoldObject(sharedObject.body)
    await expect(versionedObject).toHaveVersions(2)
  })

  test(
    'is refused in a bucket with versioning, too',
    evidence('D07'),
    async ({ s3, sharedObject, versionedObject }) => {
      const { copySource: CopySource } = sharedObject
      const copy = s3.send(new CopyObjectCommand({ ...versionedObject.address, CopySource, IfMatch: anotherETag }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(versionedObject).toBeUntouched()
    },
  )

  test(
    'copies in place with another storage class, and keeps the entity tag',
    evidence('D12'),
    async ({ s3, object }) => {
      const { address, copySource: CopySource, ETag } = object
      const copy = await s3.send(
        new CopyObjectCommand({ ...address, CopySource, StorageClass: 'STANDARD_IA', IfMatch: ETag }),
      )

      expect(copy.CopyObjectResult?.ETag).toBe(ETag)
      expect((await s3.send(new HeadObjectCommand(address))).StorageClass).toBe('STANDARD_IA')
    },
  )
})
