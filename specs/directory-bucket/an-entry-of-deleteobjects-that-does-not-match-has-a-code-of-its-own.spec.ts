import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'An entry of DeleteObjects that does not match has a Code of its own',
  docs('conditional-deletes', { needs: ['directory-bucket'] }),
  () => {
    test('for another ETag', evidence(facts.X27), async ({ s3, directoryObject }) => {
      const { Bucket, Key } = directoryObject.address

      const Delete = { Objects: [{ Key, ETag: anotherETag }] }
      const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }))

      expect(Errors).toMatchObject([{ Key, Code: '412 Precondition Failed' }])
      await expect(directoryObject).toBeUnchanged()
    })

    test('for another Size', evidence(facts.X27), async ({ s3, directoryObject }) => {
      const { Bucket, Key } = directoryObject.address

      const Delete = { Objects: [{ Key, Size: directoryObject.body.length + 1 }] }
      const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }))

      expect(Errors).toMatchObject([{ Key, Code: '412 Precondition Failed' }])
      await expect(directoryObject).toBeUnchanged()
    })
  },
)
