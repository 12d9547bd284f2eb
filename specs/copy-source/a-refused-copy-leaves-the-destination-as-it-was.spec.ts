import { CopyObjectCommand, ListPartsCommand, UploadPartCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'A refused copy leaves the destination as it was',
  docs('conditional-reads', { promise: 'source of a copy' }),
  () => {
    test('an object stays', evidence(facts.C02), async ({ s3, sharedObject, destination }) => {
      const copy = s3.send(
        new CopyObjectCommand({ ...destination.address, ...sharedObject.source, CopySourceIfMatch: anotherETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(destination).toBeUnchanged()
    })

    test('no version is added', evidence(facts.C03), async ({ s3, sharedObject, versionedObject }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...versionedObject.address,
          ...sharedObject.source,
          CopySourceIfNoneMatch: sharedObject.ETag,
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
      await expect(versionedObject).toBeUnchanged()
    })

    test('a part stays', evidence(facts.C21), async ({ s3, sharedObject, upload }) => {
      await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }))

      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...sharedObject.source, CopySourceIfMatch: anotherETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(upload).toHaveParts([1])
      const { Parts } = await s3.send(new ListPartsCommand(upload))
      expect(Parts?.[0]?.ETag).toBeETagOf('part')
    })

    test('a version is added when it holds', evidence(facts.C04), async ({ s3, sharedObject, versionedObject }) => {
      await s3.send(
        new CopyObjectCommand({
          ...versionedObject.address,
          ...sharedObject.source,
          CopySourceIfNoneMatch: anotherETag,
        }),
      )
      await expect(versionedObject).toHaveBody(sharedObject.body)
      await expect(versionedObject).toHaveVersions(2)
    })
  },
)
