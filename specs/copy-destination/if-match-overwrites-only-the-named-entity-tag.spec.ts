import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'If-Match copies only over the named entity tag',
  docs('conditional-writes', { promise: 'destination of a copy' }),
  () => {
    test(
      'copies for the entity tag of the destination',
      evidence(facts.D06),
      async ({ s3, sharedObject, destination }) => {
        const { address, ETag } = destination
        await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

        await expect(destination).toHaveBody(sharedObject.body)
      },
    )

    test('is refused for another entity tag', evidence(facts.D07), async ({ s3, sharedObject, destination }) => {
      const copy = s3.send(
        new CopyObjectCommand({ ...destination.address, ...sharedObject.source, IfMatch: anotherETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(destination).toBeUnchanged()
    })

    test(
      'adds a version in a bucket with versioning',
      evidence(facts.D06),
      async ({ s3, sharedObject, versionedObject }) => {
        const { address, ETag } = versionedObject
        await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

        await expect(versionedObject).toHaveBody(sharedObject.body)
        await expect(versionedObject).toHaveVersions(2)
      },
    )

    test(
      'is refused in a bucket with versioning, too',
      evidence(facts.D07),
      async ({ s3, sharedObject, versionedObject }) => {
        const copy = s3.send(
          new CopyObjectCommand({ ...versionedObject.address, ...sharedObject.source, IfMatch: anotherETag }),
        )

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(versionedObject).toBeUnchanged()
      },
    )

    test('keeps the entity tag when only the storage class changes', evidence(facts.D12), async ({ s3, object }) => {
      const copy = await s3.send(
        new CopyObjectCommand({
          ...object.address,
          ...object.source,
          StorageClass: 'STANDARD_IA',
          IfMatch: object.ETag,
        }),
      )

      expect(copy.CopyObjectResult?.ETag).toBeETagOf(object.body)
      await expect(s3.send(new HeadObjectCommand(object.address))).toHaveOutput({ StorageClass: 'STANDARD_IA' })
    })
  },
)
