import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// From 2 MiB on the SDK asks first, with Expect: 100-continue, and a store can refuse before it has seen the body.
const Body = 'x'.repeat(2 * 1024 * 1024 + 1)

describe('A body above 2 MiB is judged as any other', docs('conditional-writes'), () => {
  test('If-None-Match: * creates the object', evidence(facts.P01), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body, IfNoneMatch: '*' }))

    await expect(key).toHaveBody(Body)
  })

  test('If-None-Match: * is refused once it is there', evidence(facts.P02), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body, IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })

  test('If-Match overwrites the named entity tag', evidence(facts.P09), async ({ s3, object }) => {
    await s3.send(new PutObjectCommand({ ...object.address, Body, IfMatch: object.ETag }))

    await expect(object).toHaveBody(Body)
  })

  test('If-Match is refused for another one', evidence(facts.P13), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body, IfMatch: anotherETag }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(object).toBeUnchanged()
  })
})
