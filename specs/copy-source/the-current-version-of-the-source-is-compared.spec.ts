import { CopyObjectCommand, PutObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-reads')

describe("A copy compares the current version of its source and returns that version's id", options, () => {
  test(
    "CopyObject with x-amz-copy-source-if-match succeeds for the current version's ETag and returns its id",
    evidence(facts.C01, facts.C07),
    async ({ s3, versionedObject: { source, body, ETag, VersionId }, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: ETag }))

      await expect(copy).toHaveOutput({ CopySourceVersionId: VersionId })
      await expect(key).toHaveBody(body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-match fails with 412 for the ETag of a noncurrent source version',
    evidence(facts.C02),
    async ({ s3, versionedObject: { address, source, ETag }, key }) => {
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: ETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    "UploadPartCopy with x-amz-copy-source-if-match succeeds for the current version's ETag and returns its id",
    evidence(facts.C20),
    async ({ s3, versionedObject: { source, ETag, VersionId }, upload }) => {
      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfMatch: ETag }))

      await expect(copy).toHaveOutput({ CopySourceVersionId: VersionId })
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'UploadPartCopy with x-amz-copy-source-if-match fails with 412 for the ETag of a noncurrent source version',
    evidence(facts.C21),
    async ({ s3, versionedObject: { address, source, ETag }, upload }) => {
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfMatch: ETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(upload).toHaveParts([])
    },
  )
})
