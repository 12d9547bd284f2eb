import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// The user guide documents 412 for `*`, but two people observed 404 on Amazon S3 (open question O6).
describe(
  'DeleteObject with If-Match fails with 404 when the current version is a delete marker',
  docs('conditional-deletes'),
  () => {
    test(
      'DeleteObject with If-Match: * fails with 404 when the current version is a delete marker',
      evidence(facts.X07),
      async ({ s3, versionedObject, snapshot }) => {
        await s3.send(new DeleteObjectCommand(versionedObject.address))
        const deleteMarker = await snapshot(versionedObject.address)

        const remove = s3.send(new DeleteObjectCommand({ ...versionedObject.address, IfMatch: '*' }))

        await expect(remove).toFailWith(404, 'NoSuchKey')
        await expect(deleteMarker).toBeUnchanged()
      },
    )

    test(
      "DeleteObject with If-Match fails with 404 for the previous version's ETag when a delete marker is current",
      evidence(facts.X08),
      async ({ s3, versionedObject, snapshot }) => {
        await s3.send(new DeleteObjectCommand(versionedObject.address))
        const deleteMarker = await snapshot(versionedObject.address)

        const remove = s3.send(new DeleteObjectCommand({ ...versionedObject.address, IfMatch: versionedObject.ETag }))

        await expect(remove).toFailWith(404, 'NoSuchKey')
        await expect(deleteMarker).toBeUnchanged()
      },
    )

    test(
      'DeleteObject with If-Match fails with 404 when the key has only delete markers',
      evidence(facts.X09),
      async ({ s3, versionedKey, snapshot }) => {
        await s3.send(new DeleteObjectCommand(versionedKey))
        const deleteMarker = await snapshot(versionedKey)

        const remove = s3.send(new DeleteObjectCommand({ ...versionedKey, IfMatch: anotherETag }))

        await expect(remove).toFailWith(404, 'NoSuchKey')
        await expect(deleteMarker).toBeUnchanged()
      },
    )
  },
)
