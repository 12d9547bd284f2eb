import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, oneSecondBefore, test } from '../../support/test/read'

const Message = 'At least one of the pre-conditions you specified did not hold'

describe('A 412 names the condition that failed, in XML; to HEAD it has no body', docs('conditional-reads'), () => {
  test('GetObject names If-Match', evidence(facts.R03), async ({ s3, sharedObject }) => {
    const read = s3.send(new GetObjectCommand({ ...sharedObject.address, IfMatch: anotherETag }))

    await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match', Message })
  })

  test('GetObject names If-Unmodified-Since', evidence(facts.R22), async ({ s3, sharedObject }) => {
    const read = s3.send(
      new GetObjectCommand({ ...sharedObject.address, IfUnmodifiedSince: oneSecondBefore(sharedObject.LastModified) }),
    )

    await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Unmodified-Since', Message })
  })

  test('HeadObject answers with the status alone', evidence(facts.R04), async ({ s3, sharedObject }) => {
    const read = s3.send(new HeadObjectCommand({ ...sharedObject.address, IfMatch: anotherETag }))

    await expect(read).toFailWith(412, 'PreconditionFailed')
    await expect(read).rejects.not.toHaveProperty('Condition')
  })
})
