import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-writes', { promise: 'destination of a copy' })

describe('CopyObject with If-None-Match: * never overwrites an object', options, () => {
  test(
    'CopyObject with If-None-Match: * succeeds when the destination does not exist',
    evidence(facts.D01),
    async ({ s3, sharedObject, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject with If-None-Match: * fails with 412 when the destination exists',
    evidence(facts.D02),
    async ({ s3, sharedObject: { source }, destination }) => {
      const copy = s3.send(new CopyObjectCommand({ ...destination.address, ...source, IfNoneMatch: '*' }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(destination).toBeUnchanged()
    },
  )

  test(
    'CopyObject with If-None-Match: * fails with 412 when the destination exists in a versioned bucket',
    evidence(facts.D02),
    async ({ s3, sharedObject: { source }, versionedObject }) => {
      const copy = s3.send(new CopyObjectCommand({ ...versionedObject.address, ...source, IfNoneMatch: '*' }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(versionedObject).toBeUnchanged()
    },
  )

  test('CopyObject in place with If-None-Match: * fails with 412', evidence(facts.D03), async ({ s3, object }) => {
    const { address, source } = object
    const changed = { MetadataDirective: 'REPLACE', Metadata: { copied: 'in-place' } } as const
    const copy = s3.send(new CopyObjectCommand({ ...address, ...source, ...changed, IfNoneMatch: '*' }))

    await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })

  test(
    'CopyObject with If-None-Match: * succeeds after the object at the destination is deleted',
    evidence(facts.D01),
    async ({ s3, sharedObject, destination }) => {
      await s3.send(new DeleteObjectCommand(destination.address))

      await s3.send(new CopyObjectCommand({ ...destination.address, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(destination).toHaveBody(sharedObject.body)
    },
  )

  test(
    "CopyObject with If-None-Match: * creates a new version when the destination's current version is a delete marker",
    evidence(facts.D04),
    async ({ s3, sharedObject, versionedObject }) => {
      await s3.send(new DeleteObjectCommand(versionedObject.address))

      await s3.send(new CopyObjectCommand({ ...versionedObject.address, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(versionedObject).toHaveBody(sharedObject.body)
      await expect(versionedObject).toHaveVersions(2, 1)
    },
  )
})
