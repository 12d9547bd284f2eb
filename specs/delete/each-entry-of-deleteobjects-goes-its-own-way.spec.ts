import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const refused = { Code: 'PreconditionFailed' }

describe('Each entry of DeleteObjects goes its own way', docs('conditional-deletes', { promise: 'delete' }), () => {
  test(
    'a refused entry keeps none of the others',
    evidence(facts.X18, facts.X19),
    async ({ s3, object, destination }) => {
      const Objects = [
        { Key: object.address.Key, ETag: anotherETag },
        { Key: destination.address.Key, ETag: destination.ETag },
      ]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: object.address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([destination.address.Key], { [object.address.Key]: refused })
      await expect(object).toBeUnchanged()
      await expect(destination).toHaveNoObject()
    },
  )

  test(
    'an entry without an ETag has no condition',
    evidence(facts.X19, facts.X31),
    async ({ s3, object, destination }) => {
      const Objects = [{ Key: destination.address.Key }, { Key: object.address.Key, ETag: anotherETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: object.address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([destination.address.Key], { [object.address.Key]: refused })
      await expect(object).toBeUnchanged()
      await expect(destination).toHaveNoObject()
    },
  )

  test('the ETag of one entry is not that of another', evidence(facts.X19), async ({ s3, object, destination }) => {
    const Objects = [
      { Key: object.address.Key, ETag: destination.ETag },
      { Key: destination.address.Key, ETag: object.ETag },
    ]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: object.address.Bucket, Delete: { Objects } }))

    await expect(remove).toDelete([], { [object.address.Key]: refused, [destination.address.Key]: refused })
    await expect(object).toBeUnchanged()
    await expect(destination).toBeUnchanged()
  })
})
