import { UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondAfter, oneSecondBefore, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Modified-Since'

describe('x-amz-copy-source-if-modified-since treats a part as CopyObject does', docs('conditional-reads'), () => {
  test('UploadPartCopy copies for an earlier date', evidence(facts.C26), async ({ s3, sharedObject, upload }) => {
    await s3.send(
      new UploadPartCopyCommand({
        ...upload,
        PartNumber: 1,
        ...sharedObject.source,
        CopySourceIfModifiedSince: oneSecondBefore(sharedObject.LastModified),
      }),
    )

    await expect(upload).toHaveParts([1])
  })

  test(
    'UploadPartCopy answers 412 for Last-Modified itself',
    evidence(facts.C28),
    async ({ s3, sharedObject, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...sharedObject.source,
          CopySourceIfModifiedSince: sharedObject.LastModified,
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )

  test(
    'UploadPartCopy answers 412 for a later, past date',
    evidence(facts.C28),
    async ({ s3, agedSharedObject, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...agedSharedObject.source,
          CopySourceIfModifiedSince: oneSecondAfter(agedSharedObject.LastModified),
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )
})
