import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Whether the entry or the whole request fails is unknown (open question O7).
describe('DeleteObjects with an ETag fails when the key has no object', docs('conditional-deletes'), () => {
  test(
    'DeleteObjects with an ETag deletes nothing when the key does not exist',
    evidence(facts.X21),
    async ({ s3, key }) => {
      const Objects = [{ Key: key.Key, ETag: anotherETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

      await expect(remove).toDeleteNothing()
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'DeleteObjects with ETag: * deletes nothing when the key does not exist',
    evidence(facts.X21),
    async ({ s3, key }) => {
      const Objects = [{ Key: key.Key, ETag: '*' }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

      await expect(remove).toDeleteNothing()
      await expect(key).toHaveNoObject()
    },
  )
})
