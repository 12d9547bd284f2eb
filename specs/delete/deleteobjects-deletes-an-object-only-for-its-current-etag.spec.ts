import { DeleteObjectsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'At least one of the pre-conditions you specified did not hold'
const options = docs('conditional-deletes', { promise: 'delete' })

describe('DeleteObjects deletes an object only for its current ETag', options, () => {
  test(
    'DeleteObjects deletes an object whose entry has the current ETag',
    evidence(facts.X18, facts.X30),
    async ({ s3, object }) => {
      const { Bucket, Key } = object.address
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag: object.ETag }] } }))

      await expect(remove).toDelete([Key])
      await expect(object).toHaveNoObject()
    },
  )

  test(
    'DeleteObjects returns PreconditionFailed for an entry whose ETag does not match',
    evidence(facts.X19, facts.X29),
    async ({ s3, object }) => {
      const { Bucket, Key } = object.address
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag: anotherETag }] } }))

      await expect(remove).toDelete([], { [Key]: { Code: 'PreconditionFailed', Message } })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'DeleteObjects in a versioned bucket creates a delete marker for an object whose entry has the current ETag',
    evidence(facts.X18),
    async ({ s3, versionedObject }) => {
      const { Bucket, Key } = versionedObject.address
      const Objects = [{ Key, ETag: versionedObject.ETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([Key])
      await expect(versionedObject).toHaveVersions(1, 1)
    },
  )

  test(
    'DeleteObjects in a versioned bucket returns PreconditionFailed for an entry whose ETag does not match',
    evidence(facts.X19, facts.X29),
    async ({ s3, versionedObject }) => {
      const { Bucket, Key } = versionedObject.address
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag: anotherETag }] } }))

      await expect(remove).toDelete([], { [Key]: { Code: 'PreconditionFailed', Message } })
      await expect(versionedObject).toBeUnchanged()
    },
  )

  test(
    'DeleteObjects returns PreconditionFailed for an entry with the ETag of a noncurrent version',
    evidence(facts.X19, facts.V03),
    async ({ s3, versionedObject, snapshot }) => {
      const { address, ETag } = versionedObject
      const { Bucket, Key } = address
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const second = await snapshot(address)

      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag }] } }))

      await expect(remove).toDelete([], { [Key]: { Code: 'PreconditionFailed' } })
      await expect(second).toBeUnchanged()
    },
  )
})
