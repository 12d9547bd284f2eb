import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const size = 'x-amz-if-match-size'
const time = 'x-amz-if-match-last-modified-time'

// Directory buckets alone compare them. The three holding together would delete the object there.
describe('Size and time are not implemented in a general purpose bucket', docs('conditional-deletes'), () => {
  test('the size of the object is 501', evidence(facts.X12), async ({ s3, ownObject }) => {
    const IfMatchSize = ownObject.body.length
    const remove = s3.send(new DeleteObjectCommand({ ...ownObject.address, IfMatchSize }))

    await expect(remove).toBeRefused(501, 'NotImplemented', { Header: size })
    await expect(ownObject).toBeUntouched()
  })

  test('the Last-Modified of the object is 501', evidence(facts.X13), async ({ s3, ownObject }) => {
    const IfMatchLastModifiedTime = ownObject.LastModified
    const remove = s3.send(new DeleteObjectCommand({ ...ownObject.address, IfMatchLastModifiedTime }))

    await expect(remove).toBeRefused(501, 'NotImplemented', { Header: time })
    await expect(ownObject).toBeUntouched()
  })

  test('both are 501, not 412, beside another entity tag', evidence(facts.X14), async ({ s3, ownObject }) => {
    const { address, body, LastModified } = ownObject
    const conditions = { IfMatch: anotherETag, IfMatchSize: body.length, IfMatchLastModifiedTime: LastModified }
    const remove = s3.send(new DeleteObjectCommand({ ...address, ...conditions }))

    await expect(remove).toBeRefused(501, 'NotImplemented', { Header: time })
    await expect(ownObject).toBeUntouched()
  })
})
