import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'A directory bucket has neither versions nor delete markers',
  docs('s3-express-differences', { needs: ['directory-bucket'] }),
  () => {
    test('a write makes no version', evidence(facts.E18), async ({ s3, directoryObject }) => {
      const { VersionId } = await s3.send(new PutObjectCommand({ ...directoryObject.address, Body: 'second' }))

      expect(VersionId).toBeUndefined()
    })

    test('the version that is there is called null', evidence(facts.E18), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      await expect(s3.send(new GetObjectCommand({ ...address, VersionId: 'null' }))).toHaveOutput({ Body: body })
    })

    test('a delete leaves no marker', evidence(facts.E18), async ({ s3, directoryObject }) => {
      const { DeleteMarker } = await s3.send(new DeleteObjectCommand(directoryObject.address))

      expect(DeleteMarker).toBeUndefined()
      await expect(directoryObject).toHaveNoObject()
    })
  },
)
