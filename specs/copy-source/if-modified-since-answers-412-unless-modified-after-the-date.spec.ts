import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondAfter, oneSecondBefore, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Modified-Since'

describe(
  'x-amz-copy-source-if-modified-since copies only what was modified later',
  docs('conditional-reads', { promise: 'source of a copy' }),
  () => {
    test('CopyObject copies for an earlier date', evidence(facts.C07), async ({ s3, sharedObject, key }) => {
      await s3.send(
        new CopyObjectCommand({
          ...key,
          ...sharedObject.source,
          CopySourceIfModifiedSince: oneSecondBefore(sharedObject.LastModified),
        }),
      )

      await expect(key).toHaveBody(sharedObject.body)
    })

    test(
      'CopyObject answers 412 for Last-Modified itself, never 304',
      evidence(facts.C06),
      async ({ s3, sharedObject, key }) => {
        const copy = s3.send(
          new CopyObjectCommand({
            ...key,
            ...sharedObject.source,
            CopySourceIfModifiedSince: sharedObject.LastModified,
          }),
        )

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'CopyObject answers 412 for a later, past date',
      evidence(facts.C05),
      async ({ s3, agedSharedObject, key }) => {
        const copy = s3.send(
          new CopyObjectCommand({
            ...key,
            ...agedSharedObject.source,
            CopySourceIfModifiedSince: oneSecondAfter(agedSharedObject.LastModified),
          }),
        )

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
        await expect(key).toHaveNoObject()
      },
    )
  },
)
