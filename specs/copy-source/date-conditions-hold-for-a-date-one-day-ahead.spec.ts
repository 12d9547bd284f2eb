import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneDayAfter, test } from '../../support/test'

describe('Both date conditions on a source hold for a date one day in the future', docs('conditional-reads'), () => {
  test(
    'CopyObject with x-amz-copy-source-if-modified-since succeeds for a date one day in the future',
    evidence(facts.C08),
    async ({ s3, sharedObject, key }) => {
      const tomorrow = oneDayAfter(sharedObject.LastModified)
      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfModifiedSince: tomorrow }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-unmodified-since succeeds for a date one day in the future',
    evidence(facts.C11),
    async ({ s3, sharedObject, key }) => {
      const tomorrow = oneDayAfter(sharedObject.LastModified)
      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfUnmodifiedSince: tomorrow }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-modified-since succeeds for a date one day in the future',
    evidence(facts.C27),
    async ({ s3, sharedObject: { source, LastModified }, upload }) => {
      const tomorrow = oneDayAfter(LastModified)
      await s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfModifiedSince: tomorrow }),
      )

      await expect(upload).toHaveParts([1])
    },
  )
})
