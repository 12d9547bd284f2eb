import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('DeleteObjects with ETag: * deletes any object', docs('conditional-deletes'), () => {
  test('DeleteObjects with ETag: * deletes the object', evidence(facts.X20), async ({ s3, object }) => {
    const { Bucket, Key } = object.address
    const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag: '*' }] } }))

    await expect(remove).toDelete([Key])
    await expect(object).toHaveNoObject()
  })

  test(
    'DeleteObjects with ETag: * creates a delete marker in a versioned bucket',
    evidence(facts.X20),
    async ({ s3, versionedObject }) => {
      const { Bucket, Key } = versionedObject.address
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag: '*' }] } }))

      await expect(remove).toDelete([Key])
      await expect(versionedObject).toHaveVersions(1, 1)
    },
  )
})
