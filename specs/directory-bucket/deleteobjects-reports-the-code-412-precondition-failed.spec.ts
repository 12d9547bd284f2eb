import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('conditional-deletes', { needs: ['directory-bucket'] })

describe(
  'DeleteObjects in a directory bucket returns the code "412 Precondition Failed" for an entry that does not match',
  options,
  () => {
    test(
      'DeleteObjects in a directory bucket returns "412 Precondition Failed" for an entry whose ETag does not match',
      evidence(facts.X27),
      async ({ s3, directoryObject }) => {
        const { Bucket, Key } = directoryObject.address

        const Delete = { Objects: [{ Key, ETag: anotherETag }] }
        const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }))

        expect(Errors).toMatchObject([{ Key, Code: '412 Precondition Failed' }])
        await expect(directoryObject).toBeUnchanged()
      },
    )

    test(
      'DeleteObjects in a directory bucket returns "412 Precondition Failed" for an entry whose Size does not match',
      evidence(facts.X27),
      async ({ s3, directoryObject }) => {
        const { Bucket, Key } = directoryObject.address

        const Delete = { Objects: [{ Key, Size: directoryObject.body.length + 1 }] }
        const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }))

        expect(Errors).toMatchObject([{ Key, Code: '412 Precondition Failed' }])
        await expect(directoryObject).toBeUnchanged()
      },
    )
  },
)
