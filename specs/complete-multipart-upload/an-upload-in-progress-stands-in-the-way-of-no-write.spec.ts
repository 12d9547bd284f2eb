import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('An upload in progress stands in the way of no conditional write', docs('conditional-writes'), () => {
  test('PutObject creates with If-None-Match: *', evidence(facts.M20, facts.P01), async ({ s3, key, startUpload }) => {
    const upload = await startUpload(key, 'first')

    await s3.send(new PutObjectCommand({ ...key, Body: 'second', IfNoneMatch: '*' }))

    await expect(key).toHoldObject('second')
    await expect(upload).toHaveParts([1])
  })

  test('PutObject overwrites with If-Match', evidence(facts.M20, facts.P09), async ({ s3, ownObject, startUpload }) => {
    const upload = await startUpload(ownObject.address, 'second')

    await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'third', IfMatch: ownObject.ETag }))

    await expect(ownObject).toHoldObject('third')
    await expect(upload).toHaveParts([1])
  })

  test('CopyObject creates with If-None-Match: *', evidence(facts.M20), async ({ s3, object, key, startUpload }) => {
    const upload = await startUpload(key, 'first')

    await s3.send(new CopyObjectCommand({ ...key, ...object.source, IfNoneMatch: '*' }))

    await expect(key).toHoldObject(object.body)
    await expect(upload).toHaveParts([1])
  })

  test('CopyObject overwrites with If-Match', evidence(facts.M20), async ({ s3, object, destination, startUpload }) => {
    const { address, ETag } = destination
    const upload = await startUpload(address, 'second')

    await s3.send(new CopyObjectCommand({ ...address, ...object.source, IfMatch: ETag }))

    await expect(destination).toHoldObject(object.body)
    await expect(upload).toHaveParts([1])
  })
})
