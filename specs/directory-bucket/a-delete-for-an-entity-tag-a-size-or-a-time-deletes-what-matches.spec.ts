import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'A delete for an entity tag, a size or a time deletes what matches, or is not there',
  docs('conditional-deletes', { needs: ['directory-bucket'] }),
  () => {
    test('deletes for the entity tag', evidence(facts.X25), async ({ s3, directoryObject }) => {
      const { address, ETag } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))).toReturnStatus(204)
      await expect(directoryObject).toHaveNoObject()
    })

    test('deletes for the size', evidence(facts.X25), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatchSize: body.length }))).toReturnStatus(204)
      await expect(directoryObject).toHaveNoObject()
    })

    test('deletes for the time', evidence(facts.X25), async ({ s3, directoryObject }) => {
      const { address, LastModified: IfMatchLastModifiedTime } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatchLastModifiedTime }))).toReturnStatus(204)
      await expect(directoryObject).toHaveNoObject()
    })

    test('a size is 204 where there is nothing', evidence(facts.X26), async ({ s3, directoryKey }) => {
      await expect(s3.send(new DeleteObjectCommand({ ...directoryKey, IfMatchSize: 4 }))).toReturnStatus(204)
    })

    test('a time is 204 where there is nothing', evidence(facts.X26), async ({ s3, directoryKey, sharedObject }) => {
      const IfMatchLastModifiedTime = sharedObject.LastModified

      const remove = s3.send(new DeleteObjectCommand({ ...directoryKey, IfMatchLastModifiedTime }))

      await expect(remove).toReturnStatus(204)
    })
  },
)
