import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('DeleteObjects without an ETag succeeds for a missing key', docs('DeletingMultipleObjects'), () => {
  test(
    'DeleteObjects without an ETag lists the key under Deleted when the key does not exist',
    evidence(facts.X31),
    async ({ s3, key }) => {
      const Objects = [{ Key: key.Key }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([key.Key])
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'DeleteObjects returns NoSuchVersion for a version that does not exist',
    evidence(facts.X31),
    async ({ s3, createBucket, newObject }) => {
      const other = await newObject(await createBucket({ versioning: true }))
      const kept = await newObject(other.address.Bucket)
      const { Bucket, Key } = kept.address
      const Objects = [{ Key, VersionId: other.VersionId }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([], { [Key]: { Code: 'NoSuchVersion', VersionId: other.VersionId ?? '' } })
      await expect(kept).toBeUnchanged()
    },
  )
})
