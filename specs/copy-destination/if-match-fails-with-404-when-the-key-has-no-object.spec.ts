import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-writes')

// RFC 9110 requires 412. Amazon S3 returns 404 and names the destination key, not the source key.
describe('CopyObject with If-Match fails with 404 when the destination key has no object', options, () => {
  test(
    'CopyObject with If-Match fails with 404 NoSuchKey when the destination key does not exist',
    evidence(facts.D08),
    async ({ s3, sharedObject, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfMatch: anotherETag }))

      await expect(copy).toFailWith(404, 'NoSuchKey', { Key: key.Key })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'CopyObject with If-Match fails with 404 NoSuchKey after the destination object is deleted',
    evidence(facts.D08),
    async ({ s3, sharedObject, destination, snapshot }) => {
      const { address, ETag } = destination
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await snapshot(address)

      const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

      await expect(copy).toFailWith(404, 'NoSuchKey', { Key: address.Key })
      await expect(deleted).toBeUnchanged()
    },
  )

  test(
    "CopyObject with If-Match fails with 404 NoSuchKey when the destination's current version is a delete marker",
    evidence(facts.D09),
    async ({ s3, sharedObject, versionedObject, snapshot }) => {
      const { address, ETag } = versionedObject
      await s3.send(new DeleteObjectCommand(address))
      const marked = await snapshot(address)

      const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

      await expect(copy).toFailWith(404, 'NoSuchKey', { Key: address.Key })
      await expect(marked).toBeUnchanged()
    },
  )
})
