import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe('DeleteObjects never throws a condition that fails: it is in Errors', docs('conditional-deletes'), () => {
  test('is a success whose Errors nobody may forget', evidence(facts.S21), async ({ stubServer }) => {
    const failed = '<Error><Key>k</Key><Code>PreconditionFailed</Code><Message>No.</Message></Error>'
    stubServer.answers({ status: 200, body: `<DeleteResult>${failed}</DeleteResult>` })
    const Objects = [{ Key: 'k', ETag: '"other"' }]

    const { Errors, $metadata } = await stubServer
      .client()
      .send(new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects } }))

    expect(Errors).toEqual([{ Key: 'k', Code: 'PreconditionFailed', Message: 'No.' }])
    expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 })
  })

  test('a store accepts the request, and keeps the object', evidence(facts.S21), async ({ s3, object }) => {
    const { Bucket, Key } = object.address
    const Objects = [{ Key, ETag: anotherETag }]

    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

    await expect(object).toBeUnchanged()
  })
})
