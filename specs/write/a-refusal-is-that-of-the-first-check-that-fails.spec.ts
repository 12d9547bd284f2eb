import { CompleteMultipartUploadCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('A refusal is that of the first check that fails: 501, 404, 412, 409', guide('conditional-writes'), () => {
  test('a value that is not accepted is 501, also without an object', evidence('S27'), async ({ s3, key }) => {
    const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: '*' }))

    await expect(write).toBeRefused(501, 'NotImplemented', { Header: 'If-Match' })
    await expect(key).toHoldNothing()
  })

  test('without an object nothing is compared: 404', evidence('S27'), async ({ s3, key }) => {
    const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: anotherETag }))

    await expect(write).toBeRefused(404, 'NoSuchKey', { Key: key.Key })
    await expect(key).toHoldNothing()
  })

  test('with an object the entity tags are compared: 412', evidence('S27'), async ({ s3, ownObject }) => {
    const write = s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'second', IfMatch: anotherETag }))

    await expect(write).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(ownObject).toBeUntouched()
  })

  test('only then an upload conflicts: 409', evidence('S27'), async ({ s3, upload, key, remember }) => {
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }))
    const since = await s3.send(new PutObjectCommand({ ...key, Body: 'since' }))
    const written = await remember(key)
    const parts = { MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }

    const wrong = s3.send(new CompleteMultipartUploadCommand({ ...upload, ...parts, IfMatch: anotherETag }))
    await expect(wrong).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })

    const right = s3.send(new CompleteMultipartUploadCommand({ ...upload, ...parts, IfMatch: since.ETag }))
    await expect(right).toBeRefused(409, 'ConditionalRequestConflict', { Condition: 'If-Match' })
    await expect(written).toBeUntouched()
    await expect(upload).toHaveParts([1])
  })
})
