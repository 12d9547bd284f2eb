import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Without a full stop.
const Message = 'At least one of the pre-conditions you specified did not hold'

describe('A refused write says in its XML which condition did not hold', docs('conditional-writes'), () => {
  test('If-None-Match: * is named', evidence(facts.P02), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Message, Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })

  test('If-Match is named', evidence(facts.P13), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfMatch: anotherETag }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Message, Condition: 'If-Match' })
    await expect(object).toBeUnchanged()
  })
})
