import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// S3 evaluates Size and LastModifiedTime of an entry only in directory buckets. Which error it returns for other buckets
// is unknown (open question O21).
describe(
  'DeleteObjects with Size or LastModifiedTime deletes nothing in a general purpose bucket',
  docs('conditional-deletes'),
  () => {
    test(
      'DeleteObjects with the Size of the object deletes nothing in a general purpose bucket',
      evidence(facts.X22),
      async ({ s3, object }) => {
        const { Bucket, Key } = object.address
        const Objects = [{ Key, Size: object.body.length }]
        const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

        await expect(remove).toDeleteNothing()
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'DeleteObjects with the LastModifiedTime of the object deletes nothing in a general purpose bucket',
      evidence(facts.X22),
      async ({ s3, object }) => {
        const { Bucket, Key } = object.address
        const Objects = [{ Key, LastModifiedTime: object.LastModified }]
        const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

        await expect(remove).toDeleteNothing()
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'DeleteObjects with a Size in only one entry deletes nothing in a general purpose bucket',
      evidence(facts.X22),
      async ({ s3, object, destination }) => {
        const { Bucket, Key } = object.address
        const Objects = [{ Key: destination.address.Key }, { Key, Size: object.body.length }]
        const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

        await expect(remove).toDeleteNothing()
        await expect(object).toBeUnchanged()
        await expect(destination).toBeUnchanged()
      },
    )
  },
)
