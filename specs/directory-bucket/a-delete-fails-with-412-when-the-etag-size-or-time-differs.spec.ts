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

const options = docs('conditional-deletes', { needs: ['directory-bucket'] })

describe('A delete in a directory bucket fails with 412 when the ETag, size or time differs', options, () => {
  test(
    'DeleteObject with If-Match fails with 412 in a directory bucket for an ETag other than the current one',
    evidence(facts.X24),
    async ({ s3, directoryObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...directoryObject.address, IfMatch: anotherETag }))

      await expect(remove).toFailWith(412)
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'DeleteObject with x-amz-if-match-size fails with 412 in a directory bucket for a size one byte too large',
    evidence(facts.X24),
    async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatchSize: body.length + 1 }))

      await expect(remove).toFailWith(412)
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'DeleteObject with x-amz-if-match-last-modified-time fails with 412 in a directory bucket for a time after Last-Modified',
    evidence(facts.X24),
    async ({ s3, directoryObject }) => {
      const { address, LastModified } = directoryObject

      const IfMatchLastModifiedTime = oneSecondAfter(LastModified)
      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatchLastModifiedTime }))

      await expect(remove).toFailWith(412)
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'DeleteObject with ETag, size and time conditions fails with 412 in a directory bucket when one of them fails',
    evidence(facts.X24),
    async ({ s3, directoryObject }) => {
      const { address, ETag, LastModified, body } = directoryObject

      const all = { IfMatch: ETag, IfMatchLastModifiedTime: LastModified, IfMatchSize: body.length + 1 }
      const remove = s3.send(new DeleteObjectCommand({ ...address, ...all }))

      await expect(remove).toFailWith(412)
      await expect(directoryObject).toBeUnchanged()
    },
  )
})
