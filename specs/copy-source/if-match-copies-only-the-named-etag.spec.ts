import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Match'
const options = docs('conditional-reads', { promise: 'source of a copy' })

describe('x-amz-copy-source-if-match allows a copy only if the source has the named ETag', options, () => {
  test(
    'CopyObject with x-amz-copy-source-if-match succeeds for the current ETag',
    evidence(facts.C01),
    async ({ s3, sharedObject: { source, body, ETag }, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: ETag }))

      await expect(key).toHaveBody(body)
    },
  )

  test(
    "CopyObject with x-amz-copy-source-if-match fails with 412 for an ETag other than the source's",
    evidence(facts.C02),
    async ({ s3, sharedObject: { source }, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-match succeeds for the current ETag',
    evidence(facts.C20),
    async ({ s3, sharedObject: { source, ETag }, upload }) => {
      await s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfMatch: ETag }))

      await expect(upload).toHaveParts([1])
    },
  )

  test(
    "UploadPartCopy with x-amz-copy-source-if-match fails with 412 for an ETag other than the source's",
    evidence(facts.C21),
    async ({ s3, sharedObject: { source }, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfMatch: anotherETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(upload).toHaveParts([])
    },
  )
})
