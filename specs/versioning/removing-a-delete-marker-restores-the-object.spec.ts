import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

describe('Removing a delete marker restores the object', docs('ManagingDelMarkers'), () => {
  test(
    'PutObject with If-None-Match: * fails with 412 after the delete marker is removed',
    evidence(facts.P05, facts.V04),
    async ({ s3, versionedObject, snapshot }) => {
      const { address } = versionedObject
      const { VersionId } = await s3.send(new DeleteObjectCommand(address))
      await s3.send(new DeleteObjectCommand({ ...address, VersionId }))
      const restored = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(restored).toBeUnchanged()
    },
  )

  test(
    "PutObject with If-Match succeeds for the object's ETag after the delete marker is removed",
    evidence(facts.P09, facts.V04),
    async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const { VersionId } = await s3.send(new DeleteObjectCommand(address))
      await s3.send(new DeleteObjectCommand({ ...address, VersionId }))

      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(versionedObject).toHaveBody('second')
      await expect(versionedObject).toHaveVersions(2)
    },
  )

  test.for(reads)(
    "%s with If-None-Match returns 304 for the object's ETag after the delete marker is removed",
    evidence(facts.R06, facts.V04),
    async ({ Read }, { s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const { VersionId } = await s3.send(new DeleteObjectCommand(address))
      await s3.send(new DeleteObjectCommand({ ...address, VersionId }))

      const read = s3.send(new Read({ ...address, IfNoneMatch: ETag }))

      await expect(read).toReturnStatus(304)
    },
  )
})
