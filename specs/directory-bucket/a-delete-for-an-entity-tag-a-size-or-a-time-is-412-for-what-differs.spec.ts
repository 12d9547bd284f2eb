import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import {
  anotherETag,
  describe,
  docs,
  evidence,
  expect,
  facts,
  oneSecondAfter,
  test,
} from '../../support/test/directory-bucket'

describe(
  'A delete for an entity tag, a size or a time is 412 for what differs',
  docs('conditional-deletes', { needs: ['directory-bucket'] }),
  () => {
    test('is 412 for another entity tag', evidence(facts.X24), async ({ s3, directoryObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...directoryObject.address, IfMatch: anotherETag }))

      await expect(remove).toFailWith(412)
      await expect(directoryObject).toBeUnchanged()
    })

    test('is 412 for one byte more', evidence(facts.X24), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatchSize: body.length + 1 }))

      await expect(remove).toFailWith(412)
      await expect(directoryObject).toBeUnchanged()
    })

    test('is 412 for one second later', evidence(facts.X24), async ({ s3, directoryObject }) => {
      const { address, LastModified } = directoryObject

      const IfMatchLastModifiedTime = oneSecondAfter(LastModified)
      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatchLastModifiedTime }))

      await expect(remove).toFailWith(412)
      await expect(directoryObject).toBeUnchanged()
    })

    test('is 412 where one of them does not match', evidence(facts.X24), async ({ s3, directoryObject }) => {
      const { address, ETag, LastModified, body } = directoryObject

      const all = { IfMatch: ETag, IfMatchLastModifiedTime: LastModified, IfMatchSize: body.length + 1 }
      const remove = s3.send(new DeleteObjectCommand({ ...address, ...all }))

      await expect(remove).toFailWith(412)
      await expect(directoryObject).toBeUnchanged()
    })
  },
)
