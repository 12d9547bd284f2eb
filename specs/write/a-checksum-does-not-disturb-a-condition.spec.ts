import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Without a word the SDK sends a CRC32. The entity tag stays the MD5 of the bytes, whichever checksum is sent.
describe('A checksum of the body does not disturb a condition', docs('conditional-writes'), () => {
  test('If-None-Match: * creates the object', evidence(facts.P01), async ({ s3, key }) => {
    const answer = await s3.send(
      new PutObjectCommand({ ...key, Body: 'first', ChecksumAlgorithm: 'SHA256', IfNoneMatch: '*' }),
    )

    expect(answer.ETag).toBeETagOf('first')
    await expect(key).toHaveBody('first')
  })

  test('If-None-Match: * is refused once it is there', evidence(facts.P02), async ({ s3, object }) => {
    const write = s3.send(
      new PutObjectCommand({ ...object.address, Body: 'second', ChecksumAlgorithm: 'SHA256', IfNoneMatch: '*' }),
    )

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })

  test('If-Match overwrites the named entity tag', evidence(facts.P09), async ({ s3, object }) => {
    const { address, ETag } = object
    const answer = await s3.send(
      new PutObjectCommand({ ...address, Body: 'second', ChecksumAlgorithm: 'SHA256', IfMatch: ETag }),
    )

    expect(answer.ETag).toBeETagOf('second')
    await expect(object).toHaveBody('second')
  })

  test('If-Match is refused for another one', evidence(facts.P13), async ({ s3, object }) => {
    const { address } = object
    const write = s3.send(
      new PutObjectCommand({ ...address, Body: 'second', ChecksumAlgorithm: 'SHA256', IfMatch: anotherETag }),
    )

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(object).toBeUnchanged()
  })
})
