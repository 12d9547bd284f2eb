import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-deletes')

describe('DeleteObject with If-Match creates a delete marker in a versioned bucket', options, () => {
  test(
    'DeleteObject with the current ETag in If-Match creates a delete marker in a versioned bucket',
    evidence(facts.X10),
    async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

      await expect(remove).toReturnStatus(204)
      await expect(remove).toHaveOutput({ DeleteMarker: true })
      await expect(versionedObject).toHaveVersions(1, 1)
    },
  )

  test(
    'DeleteObject with If-Match fails with 412 in a versioned bucket for an ETag other than the current one',
    evidence(facts.X03),
    async ({ s3, versionedObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...versionedObject.address, IfMatch: anotherETag }))

      await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(versionedObject).toBeUnchanged()
    },
  )

  test(
    'DeleteObject with If-Match fails with 412 for the ETag of a noncurrent version',
    evidence(facts.X03, facts.V03),
    async ({ s3, versionedObject, snapshot }) => {
      const { address, ETag } = versionedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const second = await snapshot(address)

      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

      await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(second).toBeUnchanged()
    },
  )

  test(
    "DeleteObject with the current version's ETag in If-Match creates a delete marker when an older version exists",
    evidence(facts.X10),
    async ({ s3, versionedObject }) => {
      const { address } = versionedObject
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      await s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

      await expect(versionedObject).toHaveVersions(2, 1)
    },
  )
})
