import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'The specified key does not exist.'

// 412 by RFC 9110; Amazon S3 says 404, whatever the value, as long as it is no star.
describe('If-Match is 404 to a write where there is no object to overwrite', docs('conditional-writes'), () => {
  test('is 404 for a key that is free', evidence(facts.P14), async ({ s3, key }) => {
    const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: anotherETag }))

    await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: key.Key })
    await expect(key).toHaveNoObject()
  })

  test('is 404 for three letters without quotes', evidence(facts.P38, facts.P14), async ({ s3, key }) => {
    const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: 'abc' }))

    await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: key.Key })
    await expect(key).toHaveNoObject()
  })

  test('is 404 for what no entity tag can be', evidence(facts.P14), async ({ s3, key }) => {
    const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: 'bad-char_/' }))

    await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: key.Key })
    await expect(key).toHaveNoObject()
  })

  test('is 404 for the entity tag of a deleted object', evidence(facts.P14), async ({ s3, object, snapshot }) => {
    const { address, ETag } = object
    await s3.send(new DeleteObjectCommand(address))
    const deleted = await snapshot(address)

    const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

    await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: address.Key })
    await expect(deleted).toBeUnchanged()
  })

  test('is 404 for a current delete marker', evidence(facts.P15), async ({ s3, versionedObject, snapshot }) => {
    const { address, ETag } = versionedObject
    await s3.send(new DeleteObjectCommand(address))
    const marked = await snapshot(address)

    const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

    await expect(write).toFailWith(404, 'NoSuchKey', { Message, Key: address.Key })
    await expect(marked).toBeUnchanged()
  })
})
