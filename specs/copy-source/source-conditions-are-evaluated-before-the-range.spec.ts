import { UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('Conditions on a copy source are evaluated before the source range', docs('conditional-reads'), () => {
  test(
    'UploadPartCopy with the current ETag in x-amz-copy-source-if-match copies only the requested range',
    evidence(facts.C20),
    async ({ s3, sharedObject: { source, body, ETag }, upload }) => {
      const range = { ...source, CopySourceRange: 'bytes=0-3' }
      const copy = await s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...range, CopySourceIfMatch: ETag }),
      )

      expect(copy.CopyPartResult?.ETag).toBeETagOf(body.slice(0, 4))
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-match fails with 412 when the ETag does not match, even for an invalid range',
    evidence(facts.C31),
    async ({ s3, sharedObject: { source, body }, upload }) => {
      const range = { ...source, CopySourceRange: `bytes=0-${body.length}` }
      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...range, CopySourceIfMatch: anotherETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(upload).toHaveParts([])
    },
  )
})
