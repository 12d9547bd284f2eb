import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('s3-express-differences', { needs: ['directory-bucket'] })

describe('A directory bucket has no versions or delete markers', options, () => {
  test(
    'PutObject returns no version id in a directory bucket',
    evidence(facts.E18),
    async ({ s3, directoryObject }) => {
      const { VersionId } = await s3.send(new PutObjectCommand({ ...directoryObject.address, Body: 'second' }))

      expect(VersionId).toBeUndefined()
    },
  )

  test(
    'GetObject with versionId=null returns the object in a directory bucket',
    evidence(facts.E18),
    async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      await expect(s3.send(new GetObjectCommand({ ...address, VersionId: 'null' }))).toHaveOutput({ Body: body })
    },
  )

  test(
    'DeleteObject returns no x-amz-delete-marker header in a directory bucket',
    evidence(facts.E18),
    async ({ s3, directoryObject }) => {
      const { DeleteMarker } = await s3.send(new DeleteObjectCommand(directoryObject.address))

      expect(DeleteMarker).toBeUndefined()
      await expect(directoryObject).toHaveNoObject()
    },
  )
})
