import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// Directory buckets alone compare them. With which error S3 refuses them elsewhere nobody has quoted (open question O21).
describe('An entry with Size or LastModifiedTime has nothing deleted', docs('conditional-deletes'), () => {
  test('not for the size of the object', evidence(facts.X22), async ({ s3, object }) => {
    const { Bucket, Key } = object.address
    const Objects = [{ Key, Size: object.body.length }]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

    await expect(remove).toDeleteNothing()
    await expect(object).toBeUnchanged()
  })

  test('not for the Last-Modified of the object', evidence(facts.X22), async ({ s3, object }) => {
    const { Bucket, Key } = object.address
    const Objects = [{ Key, LastModifiedTime: object.LastModified }]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

    await expect(remove).toDeleteNothing()
    await expect(object).toBeUnchanged()
  })

  test('nor are the entries beside it', evidence(facts.X22), async ({ s3, object, destination }) => {
    const { Bucket, Key } = object.address
    const Objects = [{ Key: destination.address.Key }, { Key, Size: object.body.length }]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

    await expect(remove).toDeleteNothing()
    await expect(object).toBeUnchanged()
    await expect(destination).toBeUnchanged()
  })
})
