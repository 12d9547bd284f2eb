import { UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('A source condition is evaluated before the range that is copied', guide('conditional-reads'), () => {
  test(
    'UploadPartCopy copies the range for the current entity tag',
    evidence('C20'),
    async ({ s3, sharedObject, upload }) => {
      const { copySource: CopySource, ETag, body } = sharedObject
      const source = { CopySource, CopySourceRange: 'bytes=0-3', CopySourceIfMatch: ETag }
      const copy = await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      expect(copy.CopyPartResult?.ETag).toBeETagOf(body.slice(0, 4))
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'UploadPartCopy answers 412 although the range is beyond the end',
    evidence('C31'),
    async ({ s3, sharedObject, upload }) => {
      const { copySource: CopySource, body } = sharedObject
      const source = { CopySource, CopySourceRange: `bytes=0-${body.length}`, CopySourceIfMatch: anotherETag }
      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(upload).toHaveParts([])
    },
  )
})
