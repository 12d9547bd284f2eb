import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondBefore, test } from '../../support/test'

describe('A versioned source is compared by its dates, too', docs('conditional-reads'), () => {
  test('modified-since copies for an earlier date', evidence(facts.C07), async ({ s3, versionedObject, key }) => {
    const copy = s3.send(
      new CopyObjectCommand({
        ...key,
        ...versionedObject.source,
        CopySourceIfModifiedSince: oneSecondBefore(versionedObject.LastModified),
      }),
    )

    await expect(copy).toHaveOutput({ CopySourceVersionId: versionedObject.VersionId })
    await expect(key).toHaveBody(versionedObject.body)
  })

  test(
    'modified-since answers 412 for Last-Modified itself',
    evidence(facts.C06),
    async ({ s3, versionedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          ...versionedObject.source,
          CopySourceIfModifiedSince: versionedObject.LastModified,
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Modified-Since' })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'unmodified-since copies for Last-Modified itself',
    evidence(facts.C09),
    async ({ s3, versionedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          ...versionedObject.source,
          CopySourceIfUnmodifiedSince: versionedObject.LastModified,
        }),
      )

      await expect(copy).toHaveOutput({ CopySourceVersionId: versionedObject.VersionId })
      await expect(key).toHaveBody(versionedObject.body)
    },
  )

  test(
    'unmodified-since answers 412 for an earlier date',
    evidence(facts.C10),
    async ({ s3, versionedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          ...versionedObject.source,
          CopySourceIfUnmodifiedSince: oneSecondBefore(versionedObject.LastModified),
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Unmodified-Since' })
      await expect(key).toHaveNoObject()
    },
  )
})
