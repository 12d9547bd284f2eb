import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Amazon S3 sends this message without a full stop.
const Message = 'At least one of the pre-conditions you specified did not hold'

describe('A 412 names the failed condition in its XML body', docs('conditional-writes'), () => {
  test(
    'A 412 response to PutObject with If-None-Match: * names If-None-Match as the failed condition',
    evidence(facts.P02),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Message, Condition: 'If-None-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'A 412 response to PutObject with If-Match names If-Match as the failed condition',
    evidence(facts.P13),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Message, Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
