import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('If-Match copies only over the named entity tag', guide('conditional-writes'), () => {
  test('copies for the entity tag of the destination', evidence('D06'), async ({ s3, object, destination }) => {
    const { address, ETag } = destination
    await s3.send(new CopyObjectCommand({ ...address, CopySource: object.copySource, IfMatch: ETag }))

    await expect(destination).toHoldObject(object.body)
  })

  test('is refused for another entity tag', evidence('D07'), async ({ s3, object, destination }) => {
    const { address } = destination
    const copy = s3.send(new CopyObjectCommand({ ...address, CopySource: object.copySource, IfMatch: anotherETag }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(destination).toBeUntouched()
  })

  test('is 404 for a key that is free', evidence('D08'), async ({ s3, object, key }) => {
    const copy = s3.send(new CopyObjectCommand({ ...key, CopySource: object.copySource, IfMatch: anotherETag }))

    await expect(copy).toBeRefused(404, 'NoSuchKey', { Key: key.Key })
    await expect(key).toHoldNothing()
  })

  test('is 404 for a key whose object was deleted', evidence('D08'), async ({ s3, object, destination, remember }) => {
    const { address, ETag } = destination
    await s3.send(new DeleteObjectCommand(address))
    const deleted = await remember(address)

    const copy = s3.send(new CopyObjectCommand({ ...address, CopySource: object.copySource, IfMatch: ETag }))

    await expect(copy).toBeRefused(404, 'NoSuchKey', { Key: address.Key })
    await expect(deleted).toBeUntouched()
  })

  test(
    'is 404 where a delete marker is current',
    evidence('D09'),
    async ({ s3, object, versionedObject, remember }) => {
      const { address, ETag } = versionedObject
      await s3.send(new DeleteObjectCommand(address))
      const marked = await remember(address)

      const copy = s3.send(new CopyObjectCommand({ ...address, CopySource: object.copySource, IfMatch: ETag }))

      await expect(copy).toBeRefused(404, 'NoSuchKey', { Key: address.Key })
      await expect(marked).toBeUntouched()
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
      await expect(object).toHoldObject(object.body)
    },
  )
})
