import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-writes', { promise: 'destination of a copy' })

describe('CopyObject with If-Match overwrites the destination only for its current ETag', options, () => {
  test(
    "CopyObject with the destination's current ETag in If-Match overwrites the destination",
    evidence(facts.D06),
    async ({ s3, sharedObject, destination }) => {
      const { address, ETag } = destination
      await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

      await expect(destination).toHaveBody(sharedObject.body)
    },
  )

  test(
    "CopyObject with If-Match fails with 412 for an ETag other than the destination's",
    evidence(facts.D07),
    async ({ s3, sharedObject: { source }, destination }) => {
      const copy = s3.send(new CopyObjectCommand({ ...destination.address, ...source, IfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(destination).toBeUnchanged()
    },
  )

  test(
    "CopyObject with the destination's current ETag in If-Match creates a new version in a versioned bucket",
    evidence(facts.D06),
    async ({ s3, sharedObject, versionedObject }) => {
      const { address, ETag } = versionedObject
      await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

      await expect(versionedObject).toHaveBody(sharedObject.body)
      await expect(versionedObject).toHaveVersions(2)
    },
  )

  test(
    "CopyObject with If-Match fails with 412 for an ETag other than the destination's in a versioned bucket",
    evidence(facts.D07),
    async ({ s3, sharedObject: { source }, versionedObject }) => {
      const copy = s3.send(new CopyObjectCommand({ ...versionedObject.address, ...source, IfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(versionedObject).toBeUnchanged()
    },
  )

  test(
    'CopyObject in place with If-Match keeps the ETag when only the storage class changes',
    evidence(facts.D12),
    async ({ s3, object }) => {
      const { address, source, ETag } = object
      const StorageClass = 'STANDARD_IA'
      const copy = await s3.send(new CopyObjectCommand({ ...address, ...source, StorageClass, IfMatch: ETag }))

      expect(copy.CopyObjectResult?.ETag).toBeETagOf(object.body)
      await expect(s3.send(new HeadObjectCommand(address))).toHaveOutput({ StorageClass })
    },
  )
})
