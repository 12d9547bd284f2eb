import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneDayAfter, test } from '../../support/test'

describe('A date a day ahead holds for both date conditions of a copy', guide('conditional-reads'), () => {
  test('CopyObject with modified-since ignores it and copies', evidence('C08'), async ({ s3, object, key }) => {
    await s3.send(
      new CopyObjectCommand({ ...key, ...object.source, CopySourceIfModifiedSince: oneDayAfter(object.LastModified) }),
    )

    await expect(key).toHoldObject(object.body)
  })

  test('CopyObject with unmodified-since copies', evidence('C11'), async ({ s3, object, key }) => {
    await s3.send(
      new CopyObjectCommand({
        ...key,
        ...object.source,
        CopySourceIfUnmodifiedSince: oneDayAfter(object.LastModified),
      }),
    )

    await expect(key).toHoldObject(object.body)
  })

  test('UploadPartCopy with modified-since ignores it and copies', evidence('C27'), async ({ s3, object, upload }) => {
    await s3.send(
      new UploadPartCopyCommand({
        ...upload,
        PartNumber: 1,
        ...object.source,
        CopySourceIfModifiedSince: oneDayAfter(object.LastModified),
      }),
    )

    await expect(upload).toHaveParts([1])
  })
})
