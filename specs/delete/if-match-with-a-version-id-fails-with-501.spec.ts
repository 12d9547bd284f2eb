import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('DeleteObject with a version id and If-Match fails with 501', docs('conditional-deletes'), () => {
  test(
    'DeleteObject with a version id and If-Match fails with 501 for the ETag of that version',
    evidence(facts.X11),
    async ({ s3, versionedObject }) => {
      const { address, VersionId, ETag } = versionedObject
      const remove = s3.send(new DeleteObjectCommand({ ...address, VersionId, IfMatch: ETag }))

      await expect(remove).toFailWith(501, 'NotImplemented')
      await expect(versionedObject).toBeUnchanged()
    },
  )

  test(
    'DeleteObject with a version id and If-Match: * fails with 501',
    evidence(facts.X11),
    async ({ s3, versionedObject }) => {
      const { address, VersionId } = versionedObject
      const remove = s3.send(new DeleteObjectCommand({ ...address, VersionId, IfMatch: '*' }))

      await expect(remove).toFailWith(501, 'NotImplemented')
      await expect(versionedObject).toBeUnchanged()
    },
  )

  test(
    "DeleteObject with a version id and If-Match fails with 501, not 412, for an ETag other than that version's",
    evidence(facts.X11),
    async ({ s3, versionedObject }) => {
      const { address, VersionId } = versionedObject
      const remove = s3.send(new DeleteObjectCommand({ ...address, VersionId, IfMatch: anotherETag }))

      await expect(remove).toFailWith(501, 'NotImplemented')
      await expect(versionedObject).toBeUnchanged()
    },
  )
})
