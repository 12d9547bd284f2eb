import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('An entry whose ETag is * is deleted when there is an object', docs('conditional-deletes'), () => {
  test('is listed under Deleted', evidence(facts.X20), async ({ s3, object }) => {
    const { Bucket, Key } = object.address
    const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag: '*' }] } }))

    await expect(remove).toDelete([Key])
    await expect(object).toHaveNoObject()
  })

  test('makes a delete marker where versions are kept', evidence(facts.X20), async ({ s3, versionedObject }) => {
    const { Bucket, Key } = versionedObject.address
    const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag: '*' }] } }))

    await expect(remove).toDelete([Key])
    await expect(versionedObject).toHaveVersions(1, 1)
  })
})
