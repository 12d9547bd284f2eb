import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const failed = { Code: 'PreconditionFailed' }

describe('DeleteObjects evaluates each entry separately', docs('conditional-deletes', { promise: 'delete' }), () => {
  test(
    "DeleteObjects deletes an object whose entry has the current ETag even when another entry's ETag does not match",
    evidence(facts.X18, facts.X19),
    async ({ s3, object, destination }) => {
      const Objects = [
        { Key: object.address.Key, ETag: anotherETag },
        { Key: destination.address.Key, ETag: destination.ETag },
      ]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: object.address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([destination.address.Key], { [object.address.Key]: failed })
      await expect(object).toBeUnchanged()
      await expect(destination).toHaveNoObject()
    },
  )

  test(
    "DeleteObjects deletes an object whose entry has no ETag even when another entry's ETag does not match",
    evidence(facts.X19, facts.X31),
    async ({ s3, object, destination }) => {
      const Objects = [{ Key: destination.address.Key }, { Key: object.address.Key, ETag: anotherETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: object.address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([destination.address.Key], { [object.address.Key]: failed })
      await expect(object).toBeUnchanged()
      await expect(destination).toHaveNoObject()
    },
  )

  test(
    'DeleteObjects deletes neither of two objects when the ETags in their entries are swapped',
    evidence(facts.X19),
    async ({ s3, object, destination }) => {
      const Objects = [
        { Key: object.address.Key, ETag: destination.ETag },
        { Key: destination.address.Key, ETag: object.ETag },
      ]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: object.address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([], { [object.address.Key]: failed, [destination.address.Key]: failed })
      await expect(object).toBeUnchanged()
      await expect(destination).toBeUnchanged()
    },
  )
})
