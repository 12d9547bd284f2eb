import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondAfter, oneSecondBefore, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Unmodified-Since'

describe(
  'x-amz-copy-source-if-unmodified-since refuses what was modified later',
  docs('conditional-reads', { promise: 'source of a copy' }),
  () => {
    test('CopyObject copies for Last-Modified itself', evidence(facts.C09), async ({ s3, sharedObject, key }) => {
      await s3.send(
        new CopyObjectCommand({
          ...key,
          ...sharedObject.source,
          CopySourceIfUnmodifiedSince: sharedObject.LastModified,
        }),
      )

      await expect(key).toHaveBody(sharedObject.body)
    })

    test('CopyObject answers 412 for an earlier date', evidence(facts.C10), async ({ s3, sharedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          ...sharedObject.source,
          CopySourceIfUnmodifiedSince: oneSecondBefore(sharedObject.LastModified),
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(key).toHaveNoObject()
    })

    test('UploadPartCopy copies for a later date', evidence(facts.C24), async ({ s3, agedSharedObject, upload }) => {
      await s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...agedSharedObject.source,
          CopySourceIfUnmodifiedSince: oneSecondAfter(agedSharedObject.LastModified),
        }),
      )

      await expect(upload).toHaveParts([1])
    })

    test(
      'UploadPartCopy answers 412 for an earlier date',
      evidence(facts.C25),
      async ({ s3, sharedObject, upload }) => {
        const copy = s3.send(
          new UploadPartCopyCommand({
            ...upload,
            PartNumber: 1,
            ...sharedObject.source,
            CopySourceIfUnmodifiedSince: oneSecondBefore(sharedObject.LastModified),
          }),
        )

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
        await expect(upload).toHaveParts([])
      },
    )
  },
)
