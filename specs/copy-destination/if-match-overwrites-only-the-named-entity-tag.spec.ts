import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'If-Match copies only over the named entity tag',
  docs('conditional-writes', { promise: 'destination of a copy' }),
  () => {
    test('copies for the entity tag of the destination', evidence(facts.D06), async ({ s3, object, destination }) => {
      const { address, ETag } = destination
      await s3.send(new CopyObjectCommand({ ...address, ...object.source, IfMatch: ETag }))

      await expect(destination).toHoldObject(object.body)
    })

    test('is refused for another entity tag', evidence(facts.D07), async ({ s3, object, destination }) => {
      const copy = s3.send(new CopyObjectCommand({ ...destination.address, ...object.source, IfMatch: anotherETag }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(destination).toBeUntouched()
    })

    test('adds a version in a bucket with versioning', evidence(facts.D06), async ({ s3, object, versionedObject }) => {
      const { address, ETag } = versionedObject
      await s3.send(new CopyObjectCommand({ ...address, ...object.source, IfMatch: ETag }))

      await expect(versionedObject).toHoldObject(object.body)
      await expect(versionedObject).toHaveVersions(2)
    })

    test(
      'is refused in a bucket with versioning, too',
      evidence(facts.D07),
      async ({ s3, object, versionedObject }) => {
        const copy = s3.send(
          new CopyObjectCommand({ ...versionedObject.address, ...object.source, IfMatch: anotherETag }),
        )

        await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(versionedObject).toBeUntouched()
      },
    )

    test('keeps the entity tag when only the storage class changes', evidence(facts.D12), async ({ s3, ownObject }) => {
      const copy = await s3.send(
        new CopyObjectCommand({
          ...ownObject.address,
          ...ownObject.source,
          StorageClass: 'STANDARD_IA',
          IfMatch: ownObject.ETag,
        }),
      )

      expect(copy.CopyObjectResult?.ETag).toBeETagOf(ownObject.body)
      await expect(s3.send(new HeadObjectCommand(ownObject.address))).toAnswerWith({ StorageClass: 'STANDARD_IA' })
    })
  },
)
