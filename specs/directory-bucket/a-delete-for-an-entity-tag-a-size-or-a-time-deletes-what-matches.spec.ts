import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'A delete for an entity tag, a size or a time deletes what matches, or is not there',
  docs('conditional-deletes', { needs: ['directory-bucket'] }),
  () => {
    test('deletes for the entity tag', evidence(facts.X25), async ({ s3, directoryObject }) => {
      const { address, ETag } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))).toBeAnswered('204')
      await expect(directoryObject).toHoldNothing()
    })

    test('deletes for the size', evidence(facts.X25), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatchSize: body.length }))).toBeAnswered('204')
      await expect(directoryObject).toHoldNothing()
    })

    test('deletes for the time', evidence(facts.X25), async ({ s3, directoryObject }) => {
      const { address, LastModified: IfMatchLastModifiedTime } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatchLastModifiedTime }))).toBeAnswered('204')
      await expect(directoryObject).toHoldNothing()
    })

    test('a size is 204 where there is nothing', evidence(facts.X26), async ({ s3, directoryKey }) => {
      await expect(s3.send(new DeleteObjectCommand({ ...directoryKey, IfMatchSize: 4 }))).toBeAnswered('204')
    })

    test('a time is 204 where there is nothing', evidence(facts.X26), async ({ s3, directoryKey, object }) => {
      const IfMatchLastModifiedTime = object.LastModified

      const remove = s3.send(new DeleteObjectCommand({ ...directoryKey, IfMatchLastModifiedTime }))

      await expect(remove).toBeAnswered('204')
    })
  },
)
