import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// The write has landed, its answer is lost, the SDK sends it again: what the store then says is about its own write.
describe('A lost answer ends in a refusal', docs('conditional-writes', { needs: ['proxy'] }), () => {
  test('PutObject with If-None-Match has stored', evidence(facts.S12, facts.P02), async ({ losingTheAnswer, key }) => {
    const s3 = await losingTheAnswer(500)
    const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

    await expect(write).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(key).toHoldObject('first')
  })

  test('PutObject with If-Match has overwritten', evidence(facts.S12), async ({ losingTheAnswer, ownObject }) => {
    const s3 = await losingTheAnswer('cut')
    const write = s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'second', IfMatch: ownObject.ETag }))

    await expect(write).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(ownObject).toHoldObject('second')
  })

  test('CopyObject has copied', evidence(facts.S12, facts.D02), async ({ losingTheAnswer, object, key }) => {
    const s3 = await losingTheAnswer(503)
    const copy = s3.send(new CopyObjectCommand({ ...key, ...object.source, IfNoneMatch: '*' }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(key).toHoldObject(object.body)
  })

  test('DeleteObject has deleted', evidence(facts.S12, facts.X05), async ({ losingTheAnswer, ownObject }) => {
    const s3 = await losingTheAnswer(500)
    const deletion = s3.send(new DeleteObjectCommand({ ...ownObject.address, IfMatch: ownObject.ETag }))

    await expect(deletion).toBeRefused(404, 'NoSuchKey', { Key: ownObject.address.Key })
    await expect(ownObject).toHoldNothing()
  })

  test('a completion alone is answered 200', evidence(facts.M19), async ({ losingTheAnswer, s3, upload, key }) => {
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'first' }))
    const parts = { MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }
    const losing = await losingTheAnswer(504)
    const completion = losing.send(new CompleteMultipartUploadCommand({ ...upload, ...parts, IfNoneMatch: '*' }))

    await expect(completion).toBeAnswered('200')
    await expect(key).toHoldObject('first')
  })
})
