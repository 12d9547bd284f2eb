import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, oneSecondAfter, test } from '../../support/test'

describe(
  'A delete takes an entity tag, a size and a time, all of which have to match',
  guide('conditional-deletes', { needs: ['directory-bucket'] }),
  () => {
    test('deletes for the entity tag', evidence('X25'), async ({ s3, directoryObject }) => {
      const { address, ETag } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))).toBeAnswered('204')
      await expect(directoryObject).toHoldNothing()
    })

    test('deletes for the size', evidence('X25'), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatchSize: body.length }))).toBeAnswered('204')
      await expect(directoryObject).toHoldNothing()
    })

    test('deletes for the time', evidence('X25'), async ({ s3, directoryObject }) => {
      const { address, LastModified: IfMatchLastModifiedTime } = directoryObject

      await expect(s3.send(new DeleteObjectCommand({ ...address, IfMatchLastModifiedTime }))).toBeAnswered('204')
      await expect(directoryObject).toHoldNothing()
    })

    test('is 412 for another entity tag', evidence('X24'), async ({ s3, directoryObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...directoryObject.address, IfMatch: anotherETag }))

      await expect(remove).toBeRefused(412)
      await expect(directoryObject).toBeUntouched()
    })

    test('is 412 for one byte more', evidence('X24'), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatchSize: body.length + 1 }))

      await expect(remove).toBeRefused(412)
      await expect(directoryObject).toBeUntouched()
    })

    test('is 412 for one second later', evidence('X24'), async ({ s3, directoryObject }) => {
      const { address, LastModified } = directoryObject

      const IfMatchLastModifiedTime = oneSecondAfter(LastModified)
      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatchLastModifiedTime }))

      await expect(remove).toBeRefused(412)
      await expect(directoryObject).toBeUntouched()
    })

    test('is 412 where one of them does not match', evidence('X24'), async ({ s3, directoryObject }) => {
      const { address, ETag, LastModified, body } = directoryObject

      const all = { IfMatch: ETag, IfMatchLastModifiedTime: LastModified, IfMatchSize: body.length + 1 }
      const remove = s3.send(new DeleteObjectCommand({ ...address, ...all }))

      await expect(remove).toBeRefused(412)
      await expect(directoryObject).toBeUntouched()
    })

    test('a size is 204 where there is nothing', evidence('X26'), async ({ s3, directoryKey }) => {
      await expect(s3.send(new DeleteObjectCommand({ ...directoryKey, IfMatchSize: 4 }))).toBeAnswered('204')
    })

    test('a time is 204 where there is nothing', evidence('X26'), async ({ s3, directoryKey, object }) => {
      const IfMatchLastModifiedTime = object.LastModified

      const remove = s3.send(new DeleteObjectCommand({ ...directoryKey, IfMatchLastModifiedTime }))

      await expect(remove).toBeAnswered('204')
    })
  },
)
