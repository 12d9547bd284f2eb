import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'The specified key does not exist.'

// RFC 9110 requires 412. Amazon S3 returns 404 for every value except `*`.
describe('PutObject with If-Match fails with 404 when the key has no object', docs('conditional-writes'), () => {
  test(
    'PutObject with If-Match fails with 404 when the key does not exist',
    evidence(facts.P14),
    async ({ s3, key }) => {
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: anotherETag }))

      await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: key.Key })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'PutObject with If-Match: abc fails with 404 when the key does not exist',
    evidence(facts.P38, facts.P14),
    async ({ s3, key }) => {
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: 'abc' }))

      await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: key.Key })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'PutObject with an invalid ETag in If-Match fails with 404 when the key does not exist',
    evidence(facts.P14),
    async ({ s3, key }) => {
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: 'bad-char_/' }))

      await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: key.Key })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'PutObject with If-Match fails with 404 after the object is deleted',
    evidence(facts.P14),
    async ({ s3, object, snapshot }) => {
      const { address, ETag } = object
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: address.Key })
      await expect(deleted).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match fails with 404 when the current version is a delete marker',
    evidence(facts.P15),
    async ({ s3, versionedObject, snapshot }) => {
      const { address, ETag } = versionedObject
      await s3.send(new DeleteObjectCommand(address))
      const deleteMarker = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: address.Key })
      await expect(deleteMarker).toBeUnchanged()
    },
  )
})
