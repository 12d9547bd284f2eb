import { UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A source condition is evaluated before the range that is copied', docs('conditional-reads'), () => {
  test(
    'UploadPartCopy copies the range for its entity tag',
    evidence(facts.C20),
    async ({ s3, sharedObject, upload }) => {
      const copy = await s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...sharedObject.source,
          CopySourceRange: 'bytes=0-3',
          CopySourceIfMatch: sharedObject.ETag,
        }),
      )

      expect(copy.CopyPartResult?.ETag).toBeETagOf(sharedObject.body.slice(0, 4))
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'UploadPartCopy answers 412 for a range beyond the end',
    evidence(facts.C31),
    async ({ s3, sharedObject, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...sharedObject.source,
          CopySourceRange: `bytes=0-${sharedObject.body.length}`,
          CopySourceIfMatch: anotherETag,
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(upload).toHaveParts([])
    },
  )
})
