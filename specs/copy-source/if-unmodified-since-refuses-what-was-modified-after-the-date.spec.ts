import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondAfter, oneSecondBefore, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Unmodified-Since'

describe(
  'x-amz-copy-source-if-unmodified-since refuses what was modified later',
  docs('conditional-reads', { promise: 'source of a copy' }),
  () => {
    test('CopyObject copies for Last-Modified itself', evidence(facts.C09), async ({ s3, object, key }) => {
      await s3.send(
        new CopyObjectCommand({ ...key, ...object.source, CopySourceIfUnmodifiedSince: object.LastModified }),
      )

      await expect(key).toHoldObject(object.body)
    })

    test('CopyObject answers 412 for an earlier date', evidence(facts.C10), async ({ s3, object, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          ...object.source,
          CopySourceIfUnmodifiedSince: oneSecondBefore(object.LastModified),
        }),
      )

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(key).toHoldNothing()
    })

    test('UploadPartCopy copies for a later date', evidence(facts.C24), async ({ s3, agedObject, upload }) => {
      await s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...agedObject.source,
          CopySourceIfUnmodifiedSince: oneSecondAfter(agedObject.LastModified),
        }),
      )

      await expect(upload).toHaveParts([1])
    })

    test('UploadPartCopy answers 412 for an earlier date', evidence(facts.C25), async ({ s3, object, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...object.source,
          CopySourceIfUnmodifiedSince: oneSecondBefore(object.LastModified),
        }),
      )

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    })
  },
)
