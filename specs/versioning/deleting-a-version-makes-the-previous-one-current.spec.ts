import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// Each test deletes the second version by its id. This makes the first version, `versionedObject`, current again.
describe('Deleting the current version makes the previous version current', docs('DeletingObjectVersions'), () => {
  test(
    "PutObject with If-Match succeeds for the previous version's ETag after the current version is deleted",
    evidence(facts.P09, facts.V04),
    async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const second = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      await s3.send(new DeleteObjectCommand({ ...address, VersionId: second.VersionId }))

      await s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

      await expect(versionedObject).toHaveBody('third')
      await expect(versionedObject).toHaveVersions(2)
    },
  )

  test(
    'PutObject with If-Match fails with 412 for the ETag of a deleted version',
    evidence(facts.P16, facts.V04),
    async ({ s3, versionedObject, snapshot }) => {
      const { address } = versionedObject
      const second = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      await s3.send(new DeleteObjectCommand({ ...address, VersionId: second.VersionId }))
      const first = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: second.ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(first).toBeUnchanged()
    },
  )

  test(
    'GetObject with If-Match fails with 412 for the ETag of a deleted version',
    evidence(facts.R03, facts.V04),
    async ({ s3, versionedObject, snapshot }) => {
      const { address } = versionedObject
      const second = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      await s3.send(new DeleteObjectCommand({ ...address, VersionId: second.VersionId }))
      const first = await snapshot(address)

      const read = s3.send(new GetObjectCommand({ ...address, IfMatch: second.ETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(first).toBeUnchanged()
    },
  )
})
