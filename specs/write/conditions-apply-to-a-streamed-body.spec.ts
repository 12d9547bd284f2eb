import { Readable } from 'node:stream'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// The SDK sends a stream in chunks, followed by a checksum, and never retries the request.
describe('Conditions apply to a streamed body', docs('conditional-writes'), () => {
  test(
    'PutObject of a stream with If-None-Match: * succeeds when the key does not exist',
    evidence(facts.P01),
    async ({ s3, key }) => {
      const Body = Readable.from(['first'])
      await s3.send(new PutObjectCommand({ ...key, Body, ContentLength: 5, IfNoneMatch: '*' }))

      await expect(key).toHaveBody('first')
    },
  )

  test(
    'PutObject of a stream with If-None-Match: * fails with 412 when the key exists',
    evidence(facts.P02),
    async ({ s3, object }) => {
      const Body = Readable.from(['second'])
      const write = s3.send(new PutObjectCommand({ ...object.address, Body, ContentLength: 6, IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject of a stream with If-Match succeeds for the current ETag',
    evidence(facts.P09),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const Body = Readable.from(['second'])
      await s3.send(new PutObjectCommand({ ...address, Body, ContentLength: 6, IfMatch: ETag }))

      await expect(object).toHaveBody('second')
    },
  )

  test(
    'PutObject of a stream with If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.P13),
    async ({ s3, object }) => {
      const Body = Readable.from(['second'])
      const write = s3.send(new PutObjectCommand({ ...object.address, Body, ContentLength: 6, IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
