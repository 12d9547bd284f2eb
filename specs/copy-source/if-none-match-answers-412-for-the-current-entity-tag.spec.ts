import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-None-Match'

describe(
  'x-amz-copy-source-if-none-match answers 412, never 304',
  docs('conditional-reads', { promise: 'source of a copy' }),
  () => {
    test(
      'CopyObject answers 412 for the current entity tag',
      evidence(facts.C03),
      async ({ s3, sharedObject, key }) => {
        const copy = s3.send(
          new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfNoneMatch: sharedObject.ETag }),
        )

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
        await expect(key).toHaveNoObject()
      },
    )

    test('CopyObject copies for another entity tag', evidence(facts.C04), async ({ s3, sharedObject, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfNoneMatch: anotherETag }))

      await expect(key).toHaveBody(sharedObject.body)
    })

    test(
      'UploadPartCopy answers 412 for the current entity tag',
      evidence(facts.C23),
      async ({ s3, sharedObject, upload }) => {
        const copy = s3.send(
          new UploadPartCopyCommand({
            ...upload,
            PartNumber: 1,
            ...sharedObject.source,
            CopySourceIfNoneMatch: sharedObject.ETag,
          }),
        )

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
        await expect(upload).toHaveParts([])
      },
    )

    test('UploadPartCopy copies for another entity tag', evidence(facts.C22), async ({ s3, sharedObject, upload }) => {
      await s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          ...sharedObject.source,
          CopySourceIfNoneMatch: anotherETag,
        }),
      )

      await expect(upload).toHaveParts([1])
    })
  },
)
