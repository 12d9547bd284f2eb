import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('If-Match makes a delete marker where versions are kept', docs('conditional-deletes'), () => {
  test('makes it for the current entity tag', evidence(facts.X10), async ({ s3, versionedObject }) => {
    const { address, ETag } = versionedObject
    const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

    await expect(remove).toReturnStatus(204)
    await expect(remove).toHaveOutput({ DeleteMarker: true })
    await expect(versionedObject).toHaveVersions(1, 1)
  })

  test('makes none for another entity tag', evidence(facts.X03), async ({ s3, versionedObject }) => {
    const remove = s3.send(new DeleteObjectCommand({ ...versionedObject.address, IfMatch: anotherETag }))

    await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(versionedObject).toBeUnchanged()
  })
})
