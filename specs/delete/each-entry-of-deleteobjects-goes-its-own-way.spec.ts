import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const refused = { Code: 'PreconditionFailed' }

describe('Each entry of DeleteObjects goes its own way', docs('conditional-deletes', { promise: 'delete' }), () => {
  test(
    'a refused entry keeps none of the others',
    evidence(facts.X18, facts.X19),
    async ({ s3, ownObject, destination }) => {
      const Objects = [
        { Key: ownObject.address.Key, ETag: anotherETag },
        { Key: destination.address.Key, ETag: destination.ETag },
      ]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: ownObject.address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([destination.address.Key], { [ownObject.address.Key]: refused })
      await expect(ownObject).toBeUntouched()
      await expect(destination).toHoldNothing()
    },
  )

  test(
    'an entry without an ETag has no condition',
    evidence(facts.X19, facts.X31),
    async ({ s3, ownObject, destination }) => {
      const Objects = [{ Key: destination.address.Key }, { Key: ownObject.address.Key, ETag: anotherETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: ownObject.address.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([destination.address.Key], { [ownObject.address.Key]: refused })
      await expect(ownObject).toBeUntouched()
      await expect(destination).toHoldNothing()
    },
  )

  test('the ETag of one entry is not that of another', evidence(facts.X19), async ({ s3, ownObject, destination }) => {
    const Objects = [
      { Key: ownObject.address.Key, ETag: destination.ETag },
      { Key: destination.address.Key, ETag: ownObject.ETag },
    ]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: ownObject.address.Bucket, Delete: { Objects } }))

    await expect(remove).toDelete([], { [ownObject.address.Key]: refused, [destination.address.Key]: refused })
    await expect(ownObject).toBeUntouched()
    await expect(destination).toBeUntouched()
  })
})
