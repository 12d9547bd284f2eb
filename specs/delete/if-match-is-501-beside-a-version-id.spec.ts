import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('If-Match is not implemented for the delete of a version', docs('conditional-deletes'), () => {
  test('is 501 for the entity tag of that version', evidence(facts.X11), async ({ s3, versionedObject }) => {
    const { address, VersionId, ETag } = versionedObject
    const remove = s3.send(new DeleteObjectCommand({ ...address, VersionId, IfMatch: ETag }))

    await expect(remove).toFailWith(501, 'NotImplemented')
    await expect(versionedObject).toBeUnchanged()
  })

  test('is 501 for *', evidence(facts.X11), async ({ s3, versionedObject }) => {
    const { address, VersionId } = versionedObject
    const remove = s3.send(new DeleteObjectCommand({ ...address, VersionId, IfMatch: '*' }))

    await expect(remove).toFailWith(501, 'NotImplemented')
    await expect(versionedObject).toBeUnchanged()
  })

  test('is 501, not 412, for another entity tag', evidence(facts.X11), async ({ s3, versionedObject }) => {
    const { address, VersionId } = versionedObject
    const remove = s3.send(new DeleteObjectCommand({ ...address, VersionId, IfMatch: anotherETag }))

    await expect(remove).toFailWith(501, 'NotImplemented')
    await expect(versionedObject).toBeUnchanged()
  })
})
