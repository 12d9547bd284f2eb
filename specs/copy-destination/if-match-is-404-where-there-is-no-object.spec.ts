import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// 412 by RFC 9110; Amazon S3 says 404, and names the key of the destination, not of the source.
describe('If-Match is 404 to a copy where there is no object to overwrite', docs('conditional-writes'), () => {
  test('is 404 for a key that is free', evidence(facts.D08), async ({ s3, sharedObject, key }) => {
    const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfMatch: anotherETag }))

    await expect(copy).toFailWith(404, 'NoSuchKey', { Key: key.Key })
    await expect(key).toHaveNoObject()
  })

  test(
    'is 404 for a key whose object was deleted',
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
    'is 404 for a current delete marker',
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
