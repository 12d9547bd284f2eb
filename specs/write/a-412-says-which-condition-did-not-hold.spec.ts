import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Without a full stop.
const Message = 'At least one of the pre-conditions you specified did not hold'

describe('A refused write says in its XML which condition did not hold', docs('conditional-writes'), () => {
  test('If-None-Match: * is named', evidence(facts.P02), async ({ s3, ownObject }) => {
    const write = s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'second', IfNoneMatch: '*' }))

    await expect(write).toBeRefused(412, 'PreconditionFailed', { Message, Condition: 'If-None-Match' })
    await expect(ownObject).toBeUntouched()
  })

  test('If-Match is named', evidence(facts.P13), async ({ s3, ownObject }) => {
    const write = s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'second', IfMatch: anotherETag }))

    await expect(write).toBeRefused(412, 'PreconditionFailed', { Message, Condition: 'If-Match' })
    await expect(ownObject).toBeUntouched()
  })
})
