import { UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A source condition is evaluated before the range that is copied', docs('conditional-reads'), () => {
  test('UploadPartCopy copies the range for its entity tag', evidence(facts.C20), async ({ s3, object, upload }) => {
    const copy = await s3.send(
      new UploadPartCopyCommand({
        ...upload,
        PartNumber: 1,
        ...object.source,
        CopySourceRange: 'bytes=0-3',
        CopySourceIfMatch: object.ETag,
      }),
    )

    expect(copy.CopyPartResult?.ETag).toBeETagOf(object.body.slice(0, 4))
    await expect(upload).toHaveParts([1])
  })

  test('UploadPartCopy answers 412 for a range beyond the end', evidence(facts.C31), async ({ s3, object, upload }) => {
    const copy = s3.send(
      new UploadPartCopyCommand({
        ...upload,
        PartNumber: 1,
        ...object.source,
        CopySourceRange: `bytes=0-${object.body.length}`,
        CopySourceIfMatch: anotherETag,
      }),
    )

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
    await expect(upload).toHaveParts([])
  })
})
