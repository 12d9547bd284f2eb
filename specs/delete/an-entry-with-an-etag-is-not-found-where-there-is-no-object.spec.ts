import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Whether S3 then refuses the entry or all of the request nobody has shown (open question O7): it is no success.
describe('An entry with an ETag is no success where there is no object', docs('conditional-deletes'), () => {
  test('is not listed under Deleted for an entity tag', evidence(facts.X21), async ({ s3, key }) => {
    const Objects = [{ Key: key.Key, ETag: anotherETag }]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

    await expect(remove).toDeleteNothing()
    await expect(key).toHaveNoObject()
  })

  test('is not listed under Deleted for *', evidence(facts.X21), async ({ s3, key }) => {
    const Objects = [{ Key: key.Key, ETag: '*' }]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

    await expect(remove).toDeleteNothing()
    await expect(key).toHaveNoObject()
  })
})
