import { CopyObjectCommand, PutObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('The current version of the source is compared, and named in the answer', docs('conditional-reads'), () => {
  test(
    'copies the current version and names it',
    evidence(facts.C01, facts.C07),
    async ({ s3, versionedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({ ...key, ...versionedObject.source, CopySourceIfMatch: versionedObject.ETag }),
      )

      await expect(copy).toHaveOutput({ CopySourceVersionId: versionedObject.VersionId })
      await expect(key).toHaveBody(versionedObject.body)
    },
  )

  test('answers 412 once the source has moved on', evidence(facts.C02), async ({ s3, versionedObject, key }) => {
    await s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second' }))

    const copy = s3.send(
      new CopyObjectCommand({ ...key, ...versionedObject.source, CopySourceIfMatch: versionedObject.ETag }),
    )

    await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
    await expect(key).toHaveNoObject()
  })

  test('copies a part of the current version', evidence(facts.C20), async ({ s3, versionedObject, upload }) => {
    const { source, ETag, VersionId } = versionedObject
    const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfMatch: ETag }))

    await expect(copy).toHaveOutput({ CopySourceVersionId: VersionId })
    await expect(upload).toHaveParts([1])
  })

  test('refuses a part once the source has moved on', evidence(facts.C21), async ({ s3, versionedObject, upload }) => {
    const { address, source, ETag } = versionedObject
    await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

    const copy = s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source, CopySourceIfMatch: ETag }))

    await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
    await expect(upload).toHaveParts([])
  })
})
