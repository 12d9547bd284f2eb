import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneDayAfter, test } from '../../support/test'

describe('A date a day ahead holds for both date conditions of a copy', docs('conditional-reads'), () => {
  test('CopyObject with modified-since ignores it and copies', evidence(facts.C08), async ({ s3, object, key }) => {
    await s3.send(
      new CopyObjectCommand({ ...key, ...object.source, CopySourceIfModifiedSince: oneDayAfter(object.LastModified) }),
    )

    await expect(key).toHoldObject(object.body)
  })

  test('CopyObject with unmodified-since copies', evidence(facts.C11), async ({ s3, object, key }) => {
    await s3.send(
      new CopyObjectCommand({
        ...key,
        ...object.source,
        CopySourceIfUnmodifiedSince: oneDayAfter(object.LastModified),
      }),
    )

    await expect(key).toHoldObject(object.body)
  })

  test(
    'UploadPartCopy with modified-since ignores it and copies',
    evidence(facts.C27),
    async ({ s3, object, upload }) => {
      await s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...object.source,
          CopySourceIfModifiedSince: oneDayAfter(object.LastModified),
        }),
      )

      await expect(upload).toHaveParts([1])
    },
  )
})
