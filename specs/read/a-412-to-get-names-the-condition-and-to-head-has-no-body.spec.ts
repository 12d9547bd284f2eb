import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, oneSecondBefore, test } from '../../support/test/read'

const Message = 'At least one of the pre-conditions you specified did not hold'

describe(
  'A 412 response to GetObject names the failed condition; a 412 response to HeadObject has no body',
  docs('conditional-reads'),
  () => {
    test(
      'A 412 response to GetObject with If-Match names If-Match as the failed condition',
      evidence(facts.R03),
      async ({ s3, sharedObject }) => {
        const read = s3.send(new GetObjectCommand({ ...sharedObject.address, IfMatch: anotherETag }))

        await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match', Message })
      },
    )

    test(
      'A 412 response to GetObject with If-Unmodified-Since names If-Unmodified-Since as the failed condition',
      evidence(facts.R22),
      async ({ s3, sharedObject }) => {
        const earlier = oneSecondBefore(sharedObject.LastModified)
        const read = s3.send(new GetObjectCommand({ ...sharedObject.address, IfUnmodifiedSince: earlier }))

        await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Unmodified-Since', Message })
      },
    )

    test(
      'A 412 response to HeadObject with If-Match does not name the failed condition',
      evidence(facts.R04),
      async ({ s3, sharedObject }) => {
        const read = s3.send(new HeadObjectCommand({ ...sharedObject.address, IfMatch: anotherETag }))

        await expect(read).toFailWith(412, 'PreconditionFailed')
        await expect(read).rejects.not.toHaveProperty('Condition')
      },
    )
  },
)
