import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// For a body of 2 MiB or more, the SDK sends Expect: 100-continue, so a store can respond before it receives the body.
const Body = 'x'.repeat(2 * 1024 * 1024 + 1)

describe('Conditions apply to a body of more than 2 MiB', docs('conditional-writes'), () => {
  test(
    'PutObject of more than 2 MiB with If-None-Match: * succeeds when the key does not exist',
    evidence(facts.P01),
    async ({ s3, key }) => {
      await s3.send(new PutObjectCommand({ ...key, Body, IfNoneMatch: '*' }))

      await expect(key).toHaveBody(Body)
    },
  )

  test(
    'PutObject of more than 2 MiB with If-None-Match: * fails with 412 when the key exists',
    evidence(facts.P02),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body, IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject of more than 2 MiB with If-Match succeeds for the current ETag',
    evidence(facts.P09),
    async ({ s3, object }) => {
      await s3.send(new PutObjectCommand({ ...object.address, Body, IfMatch: object.ETag }))

      await expect(object).toHaveBody(Body)
    },
  )

  test(
    'PutObject of more than 2 MiB with If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.P13),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body, IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
