import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Without a word the SDK sends a CRC32. The entity tag stays the MD5 of the bytes, whichever checksum is sent.
describe('A checksum of the body does not disturb a condition', docs('conditional-writes'), () => {
  test('If-None-Match: * creates the object', evidence(facts.P01), async ({ s3, key }) => {
    const answer = await s3.send(
      new PutObjectCommand({ ...key, Body: 'first', ChecksumAlgorithm: 'SHA256', IfNoneMatch: '*' }),
    )

    expect(answer.ETag).toBeETagOf('first')
    await expect(key).toHoldObject('first')
  })

  test('If-None-Match: * is refused once it is there', evidence(facts.P02), async ({ s3, ownObject }) => {
    const write = s3.send(
      new PutObjectCommand({ ...ownObject.address, Body: 'second', ChecksumAlgorithm: 'SHA256', IfNoneMatch: '*' }),
    )

    await expect(write).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(ownObject).toBeUntouched()
  })

  test('If-Match overwrites the named entity tag', evidence(facts.P09), async ({ s3, ownObject }) => {
    const { address, ETag } = ownObject
    const answer = await s3.send(
      new PutObjectCommand({ ...address, Body: 'second', ChecksumAlgorithm: 'SHA256', IfMatch: ETag }),
    )

    expect(answer.ETag).toBeETagOf('second')
    await expect(ownObject).toHoldObject('second')
  })

  test('If-Match is refused for another one', evidence(facts.P13), async ({ s3, ownObject }) => {
    const { address } = ownObject
    const write = s3.send(
      new PutObjectCommand({ ...address, Body: 'second', ChecksumAlgorithm: 'SHA256', IfMatch: anotherETag }),
    )

    await expect(write).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(ownObject).toBeUntouched()
  })
})
