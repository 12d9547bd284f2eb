import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// The second version is deleted by its id, so that `versionedObject` is current again.
describe('A deleted version makes the one before it current', docs('DeletingObjectVersions'), () => {
  test('If-Match holds for the one before', evidence(facts.P09, facts.V04), async ({ s3, versionedObject }) => {
    const { address, ETag } = versionedObject
    const second = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
    await s3.send(new DeleteObjectCommand({ ...address, VersionId: second.VersionId }))

    await s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

    await expect(versionedObject).toHaveBody('third')
    await expect(versionedObject).toHaveVersions(2)
  })

  test(
    'If-Match is 412 for the one deleted',
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
    'a read is compared with the one before',
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
