import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A multipart upload in progress does not affect conditional writes', docs('conditional-writes'), () => {
  test(
    'PutObject with If-None-Match: * succeeds while a multipart upload to the same key is in progress',
    evidence(facts.M20, facts.P01),
    async ({ s3, key, startUpload }) => {
      const upload = await startUpload(key, 'first')

      await s3.send(new PutObjectCommand({ ...key, Body: 'second', IfNoneMatch: '*' }))

      await expect(key).toHaveBody('second')
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'PutObject with If-Match succeeds for the current ETag while a multipart upload to the same key is in progress',
    evidence(facts.M20, facts.P09),
    async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')

      await s3.send(new PutObjectCommand({ ...object.address, Body: 'third', IfMatch: object.ETag }))

      await expect(object).toHaveBody('third')
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'CopyObject with If-None-Match: * succeeds while an upload to the destination key is in progress',
    evidence(facts.M20),
    async ({ s3, sharedObject, key, startUpload }) => {
      const upload = await startUpload(key, 'first')

      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(key).toHaveBody(sharedObject.body)
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'CopyObject with If-Match succeeds for the current ETag while an upload to the destination key is in progress',
    evidence(facts.M20),
    async ({ s3, sharedObject, destination, startUpload }) => {
      const { address, ETag } = destination
      const upload = await startUpload(address, 'second')

      await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

      await expect(destination).toHaveBody(sharedObject.body)
      await expect(upload).toHaveParts([1])
    },
  )
})
