import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('conditional-deletes', { needs: ['directory-bucket'] })

describe(
  'A delete in a directory bucket succeeds when the ETag, size or time matches, or when the key does not exist',
  options,
  () => {
    test(
      'DeleteObject with If-Match returns 204 in a directory bucket for the current ETag',
      evidence(facts.X25),
      async ({ s3, directoryObject }) => {
        const { address, ETag } = directoryObject

        await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))).toReturnStatus(204)
        await expect(directoryObject).toHaveNoObject()
      },
    )

    test(
      "DeleteObject with x-amz-if-match-size returns 204 in a directory bucket for the object's size",
      evidence(facts.X25),
      async ({ s3, directoryObject }) => {
        const { address, body } = directoryObject

        await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatchSize: body.length }))).toReturnStatus(204)
        await expect(directoryObject).toHaveNoObject()
      },
    )

    test(
      "DeleteObject with x-amz-if-match-last-modified-time returns 204 in a directory bucket for the object's Last-Modified",
      evidence(facts.X25),
      async ({ s3, directoryObject }) => {
        const { address, LastModified: IfMatchLastModifiedTime } = directoryObject

        await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatchLastModifiedTime }))).toReturnStatus(204)
        await expect(directoryObject).toHaveNoObject()
      },
    )

    test(
      'DeleteObject with x-amz-if-match-size returns 204 in a directory bucket when the key does not exist',
      evidence(facts.X26),
      async ({ s3, directoryKey }) => {
        await expect(s3.send(new DeleteObjectCommand({ ...directoryKey, IfMatchSize: 4 }))).toReturnStatus(204)
      },
    )

    test(
      'DeleteObject with x-amz-if-match-last-modified-time returns 204 in a directory bucket when the key does not exist',
      evidence(facts.X26),
      async ({ s3, directoryKey, sharedObject }) => {
        const IfMatchLastModifiedTime = sharedObject.LastModified

        const remove = s3.send(new DeleteObjectCommand({ ...directoryKey, IfMatchLastModifiedTime }))

        await expect(remove).toReturnStatus(204)
      },
    )
  },
)
