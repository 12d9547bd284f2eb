import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('DeleteObjects never throws a condition that fails: it is in Errors', docs('conditional-deletes'), () => {
  test('is a success whose Errors nobody may forget', evidence(facts.S21), async ({ scripted }) => {
    const failed = '<Error><Key>k</Key><Code>PreconditionFailed</Code><Message>No.</Message></Error>'
    scripted.answers({ status: 200, body: `<DeleteResult>${failed}</DeleteResult>` })
    const Objects = [{ Key: 'k', ETag: '"other"' }]

    const { Errors, $metadata } = await scripted
      .client()
      .send(new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects } }))

    expect(Errors).toEqual([{ Key: 'k', Code: 'PreconditionFailed', Message: 'No.' }])
    expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 })
  })

  test('a store accepts the request, and keeps the object', evidence(facts.S21), async ({ s3, ownObject }) => {
    const { Bucket, Key } = ownObject.address
    const Objects = [{ Key, ETag: anotherETag }]

    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

    await expect(ownObject).toBeUntouched()
  })
})
