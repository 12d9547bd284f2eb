import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// A read takes a list apart; a write compares the whole value, which no entity tag is equal to.
describe('A list of entity tags in If-Match is compared as a whole by a write', docs('conditional-writes'), () => {
  test('is refused when the first one is current', evidence(facts.P19), async ({ s3, object }) => {
    const { address, ETag } = object
    const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: `${ETag}, ${anotherETag}` }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(object).toBeUnchanged()
  })

  test('is refused when the last one is current', evidence(facts.P19), async ({ s3, object }) => {
    const { address, ETag } = object
    const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: `${anotherETag}, ${ETag}` }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(object).toBeUnchanged()
  })

  test('overwrites when the current one stands alone', evidence(facts.P09), async ({ s3, object }) => {
    const { address, ETag } = object
    await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

    await expect(object).toHaveBody('second')
  })
})
