import { UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondAfter, oneSecondBefore, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Modified-Since'

describe('x-amz-copy-source-if-modified-since also applies to UploadPartCopy', docs('conditional-reads'), () => {
  test(
    'UploadPartCopy with x-amz-copy-source-if-modified-since succeeds for a date before Last-Modified',
    evidence(facts.C26),
    async ({ s3, sharedObject: { source, LastModified }, upload }) => {
      const earlier = oneSecondBefore(LastModified)
      await s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfModifiedSince: earlier }),
      )

      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-modified-since fails with 412 for a date equal to Last-Modified',
    evidence(facts.C28),
    async ({ s3, sharedObject: { source, LastModified }, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfModifiedSince: LastModified }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-modified-since fails with 412 for a date between Last-Modified and now',
    evidence(facts.C28),
    async ({ s3, agedSharedObject: { source, LastModified }, upload }) => {
      const later = oneSecondAfter(LastModified)
      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfModifiedSince: later }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )
})
