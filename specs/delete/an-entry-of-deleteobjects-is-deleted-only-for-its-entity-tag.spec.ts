import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'At least one of the pre-conditions you specified did not hold'

describe(
  'An entry of DeleteObjects is deleted only for its entity tag',
  docs('conditional-deletes', { promise: 'delete' }),
  () => {
    test('is listed under Deleted for its entity tag', evidence(facts.X18, facts.X30), async ({ s3, object }) => {
      const { address, ETag } = object
      const Objects = [{ Key: address.Key, ETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([address.Key])
      await expect(object).toHaveNoObject()
    })

    test('is listed under Errors for another entity tag', evidence(facts.X19, facts.X29), async ({ s3, object }) => {
      const { Bucket, Key } = object.address
      const Objects = [{ Key, ETag: anotherETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([], { [Key]: { Code: 'PreconditionFailed', Message } })
      await expect(object).toBeUnchanged()
    })

    test('makes a delete marker where versions are kept', evidence(facts.X18), async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const Objects = [{ Key: address.Key, ETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([address.Key])
      await expect(versionedObject).toHaveVersions(1, 1)
    })

    test('makes none for another entity tag', evidence(facts.X19, facts.X29), async ({ s3, versionedObject }) => {
      const { Bucket, Key } = versionedObject.address
      const Objects = [{ Key, ETag: anotherETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([], { [Key]: { Code: 'PreconditionFailed', Message } })
      await expect(versionedObject).toBeUnchanged()
    })
  },
)
