import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneDayAfter, test } from '../../support/test'

describe('A date a day ahead holds for both date conditions of a copy', docs('conditional-reads'), () => {
  test(
    'CopyObject with modified-since ignores it and copies',
    evidence(facts.C08),
    async ({ s3, sharedObject, key }) => {
      await s3.send(
        new CopyObjectCommand({
          ...key,
          ...sharedObject.source,
          CopySourceIfModifiedSince: oneDayAfter(sharedObject.LastModified),
        }),
      )

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test('CopyObject with unmodified-since copies', evidence(facts.C11), async ({ s3, sharedObject, key }) => {
    await s3.send(
      new CopyObjectCommand({
        ...key,
        ...sharedObject.source,
        CopySourceIfUnmodifiedSince: oneDayAfter(sharedObject.LastModified),
      }),
    )

    await expect(key).toHaveBody(sharedObject.body)
  })

  test(
    'UploadPartCopy with modified-since ignores it and copies',
    evidence(facts.C27),
    async ({ s3, sharedObject, upload }) => {
      await s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...sharedObject.source,
          CopySourceIfModifiedSince: oneDayAfter(sharedObject.LastModified),
        }),
      )

      await expect(upload).toHaveParts([1])
    },
  )
})
