import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const size = 'x-amz-if-match-size'
const time = 'x-amz-if-match-last-modified-time'

// Directory buckets alone compare them. The three holding together would delete the object there.
describe('Size and time are not implemented in a general purpose bucket', docs('conditional-deletes'), () => {
  test('the size of the object is 501', evidence(facts.X12), async ({ s3, object }) => {
    const IfMatchSize = object.body.length
    const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatchSize }))

    await expect(remove).toFailWith(501, 'NotImplemented', { Header: size })
    await expect(object).toBeUnchanged()
  })

  test('the Last-Modified of the object is 501', evidence(facts.X13), async ({ s3, object }) => {
    const IfMatchLastModifiedTime = object.LastModified
    const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatchLastModifiedTime }))

    await expect(remove).toFailWith(501, 'NotImplemented', { Header: time })
    await expect(object).toBeUnchanged()
  })

  test('both are 501, not 412, beside another entity tag', evidence(facts.X14), async ({ s3, object }) => {
    const { address, body, LastModified } = object
    const conditions = { IfMatch: anotherETag, IfMatchSize: body.length, IfMatchLastModifiedTime: LastModified }
    const remove = s3.send(new DeleteObjectCommand({ ...address, ...conditions }))

    await expect(remove).toFailWith(501, 'NotImplemented', { Header: time })
    await expect(object).toBeUnchanged()
  })
})
