import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-None-Match'
const options = docs('conditional-reads', { promise: 'source of a copy' })

describe('x-amz-copy-source-if-none-match fails with 412, not 304, for the current ETag', options, () => {
  test(
    'CopyObject with x-amz-copy-source-if-none-match fails with 412 for the current ETag',
    evidence(facts.C03),
    async ({ s3, sharedObject: { source, ETag }, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfNoneMatch: ETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    "CopyObject with x-amz-copy-source-if-none-match succeeds for an ETag other than the source's",
    evidence(facts.C04),
    async ({ s3, sharedObject: { source, body }, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfNoneMatch: anotherETag }))

      await expect(key).toHaveBody(body)
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-none-match fails with 412 for the current ETag',
    evidence(facts.C23),
    async ({ s3, sharedObject: { source, ETag }, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfNoneMatch: ETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )

  test(
    "UploadPartCopy with x-amz-copy-source-if-none-match succeeds for an ETag other than the source's",
    evidence(facts.C22),
    async ({ s3, sharedObject: { source }, upload }) => {
      await s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfNoneMatch: anotherETag }),
      )

      await expect(upload).toHaveParts([1])
    },
  )
})
