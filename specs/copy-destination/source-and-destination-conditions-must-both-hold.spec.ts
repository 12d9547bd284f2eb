import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'Conditions on the source and on the destination must both hold',
  docs('conditional-writes', { promise: 'destination of a copy' }),
  () => {
    test('copies when both hold', evidence(facts.D14), async ({ s3, sharedObject, destination }) => {
      await s3.send(
        new CopyObjectCommand({
          ...destination.address,
          ...sharedObject.source,
          CopySourceIfMatch: sharedObject.ETag,
          IfMatch: destination.ETag,
        }),
      )

      await expect(destination).toHaveBody(sharedObject.body)
    })

    test('is refused when that on the source fails', evidence(facts.D14), async ({ s3, sharedObject, destination }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...destination.address,
          ...sharedObject.source,
          CopySourceIfMatch: anotherETag,
          IfMatch: destination.ETag,
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(destination).toBeUnchanged()
    })

    test(
      'is refused when that on the destination fails',
      evidence(facts.D14),
      async ({ s3, sharedObject, destination }) => {
        const copy = s3.send(
          new CopyObjectCommand({
            ...destination.address,
            ...sharedObject.source,
            CopySourceIfMatch: sharedObject.ETag,
            IfMatch: anotherETag,
          }),
        )

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(destination).toBeUnchanged()
      },
    )
  },
)
