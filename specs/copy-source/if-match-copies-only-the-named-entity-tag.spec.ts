import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Match'

describe(
  'x-amz-copy-source-if-match copies only the named entity tag',
  docs('conditional-reads', { promise: 'source of a copy' }),
  () => {
    test('CopyObject copies for the current entity tag', evidence(facts.C01), async ({ s3, object, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...object.source, CopySourceIfMatch: object.ETag }))

      await expect(key).toHoldObject(object.body)
    })

    test('CopyObject answers 412 for another entity tag', evidence(facts.C02), async ({ s3, object, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...object.source, CopySourceIfMatch: anotherETag }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(key).toHoldNothing()
    })

    test('UploadPartCopy copies for the current entity tag', evidence(facts.C20), async ({ s3, object, upload }) => {
      await s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...object.source, CopySourceIfMatch: object.ETag }),
      )

      await expect(upload).toHaveParts([1])
    })

    test('UploadPartCopy answers 412 for another entity tag', evidence(facts.C21), async ({ s3, object, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...object.source, CopySourceIfMatch: anotherETag }),
      )

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    })
  },
)
