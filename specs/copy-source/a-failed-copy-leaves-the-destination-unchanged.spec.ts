import { CopyObjectCommand, ListPartsCommand, UploadPartCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-reads', { promise: 'source of a copy' })

describe('A failed copy leaves the destination unchanged', options, () => {
  test(
    'A CopyObject request that fails with 412 leaves the object at the destination unchanged',
    evidence(facts.C02),
    async ({ s3, sharedObject: { source }, destination }) => {
      const copy = s3.send(new CopyObjectCommand({ ...destination.address, ...source, CopySourceIfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(destination).toBeUnchanged()
    },
  )

  test(
    'A CopyObject request that fails with 412 creates no new version in a versioned bucket',
    evidence(facts.C03),
    async ({ s3, sharedObject: { source, ETag }, versionedObject }) => {
      const { address } = versionedObject
      const copy = s3.send(new CopyObjectCommand({ ...address, ...source, CopySourceIfNoneMatch: ETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
      await expect(versionedObject).toBeUnchanged()
    },
  )

  test(
    'An UploadPartCopy request that fails with 412 leaves the previously uploaded part unchanged',
    evidence(facts.C21),
    async ({ s3, sharedObject: { source }, upload }) => {
      await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }))

      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfMatch: anotherETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(upload).toHaveParts([1])
      const { Parts } = await s3.send(new ListPartsCommand(upload))
      expect(Parts?.[0]?.ETag).toBeETagOf('part')
    },
  )

  test(
    'CopyObject creates a new version in a versioned bucket when x-amz-copy-source-if-none-match holds',
    evidence(facts.C04),
    async ({ s3, sharedObject: { source, body }, versionedObject }) => {
      const { address } = versionedObject
      await s3.send(new CopyObjectCommand({ ...address, ...source, CopySourceIfNoneMatch: anotherETag }))

      await expect(versionedObject).toHaveBody(body)
      await expect(versionedObject).toHaveVersions(2)
    },
  )
})
