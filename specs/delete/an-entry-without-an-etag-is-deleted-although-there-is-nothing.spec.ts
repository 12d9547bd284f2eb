import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('An entry without an ETag is deleted, although there is nothing', docs('DeletingMultipleObjects'), () => {
  test('a key that holds nothing is listed under Deleted', evidence(facts.X31), async ({ s3, key }) => {
    const Objects = [{ Key: key.Key }]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

    await expect(remove).toDelete([key.Key])
    await expect(key).toHaveNoObject()
  })

  test('a version that there is not is under Errors', evidence(facts.X31), async ({ s3, createBucket, newObject }) => {
    const gone = await newObject(await createBucket({ versioning: true }))
    const kept = await newObject(gone.address.Bucket)
    const { Bucket, Key } = kept.address
    const Objects = [{ Key, VersionId: gone.VersionId }]
    const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

    await expect(remove).toDelete([], { [Key]: { Code: 'NoSuchVersion', VersionId: gone.VersionId ?? '' } })
    await expect(kept).toBeUnchanged()
  })
})
