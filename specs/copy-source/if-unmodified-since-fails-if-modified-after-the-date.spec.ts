import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondAfter, oneSecondBefore, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Unmodified-Since'
const options = docs('conditional-reads', { promise: 'source of a copy' })

describe('x-amz-copy-source-if-unmodified-since fails if the source was modified after the date', options, () => {
  test(
    'CopyObject with x-amz-copy-source-if-unmodified-since succeeds for a date equal to Last-Modified',
    evidence(facts.C09),
    async ({ s3, sharedObject: { source, body, LastModified }, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfUnmodifiedSince: LastModified }))

      await expect(key).toHaveBody(body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-unmodified-since fails with 412 for a date before Last-Modified',
    evidence(facts.C10),
    async ({ s3, sharedObject: { source, LastModified }, key }) => {
      const earlier = oneSecondBefore(LastModified)
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfUnmodifiedSince: earlier }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-unmodified-since succeeds for a date after Last-Modified',
    evidence(facts.C24),
    async ({ s3, agedSharedObject: { source, LastModified }, upload }) => {
      const later = oneSecondAfter(LastModified)
      await s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfUnmodifiedSince: later }),
      )

      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-unmodified-since fails with 412 for a date before Last-Modified',
    evidence(facts.C25),
    async ({ s3, sharedObject: { source, LastModified }, upload }) => {
      const earlier = oneSecondBefore(LastModified)
      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfUnmodifiedSince: earlier }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-unmodified-since succeeds for a date equal to Last-Modified',
    evidence(facts.C24, facts.C09),
    async ({ s3, sharedObject: { source, LastModified }, upload }) => {
      await s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfUnmodifiedSince: LastModified }),
      )

      await expect(upload).toHaveParts([1])
    },
  )
})
