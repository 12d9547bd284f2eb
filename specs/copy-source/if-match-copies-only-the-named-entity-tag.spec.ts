import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Match'

describe(
  'x-amz-copy-source-if-match copies only the named entity tag',
  docs('conditional-reads', { promise: 'source of a copy' }),
  () => {
    test('CopyObject copies for the current entity tag', evidence(facts.C01), async ({ s3, sharedObject, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: sharedObject.ETag }))

      await expect(key).toHaveBody(sharedObject.body)
    })

    test('CopyObject answers 412 for another entity tag', evidence(facts.C02), async ({ s3, sharedObject, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(key).toHaveNoObject()
    })

    test(
      'UploadPartCopy copies for the current entity tag',
      evidence(facts.C20),
      async ({ s3, sharedObject, upload }) => {
        await s3.send(
          new UploadPartCopyCommand({
            ...upload,
            PartNumber: 1,
            ...sharedObject.source,
            CopySourceIfMatch: sharedObject.ETag,
          }),
        )

        await expect(upload).toHaveParts([1])
      },
    )

    test(
      'UploadPartCopy answers 412 for another entity tag',
      evidence(facts.C21),
      async ({ s3, sharedObject, upload }) => {
        const copy = s3.send(
          new UploadPartCopyCommand({
            ...upload,
            PartNumber: 1,
            ...sharedObject.source,
            CopySourceIfMatch: anotherETag,
          }),
        )

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
        await expect(upload).toHaveParts([])
      },
    )
  },
)
