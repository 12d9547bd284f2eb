import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'If-None-Match: * never copies over an object',
  docs('conditional-writes', { promise: 'destination of a copy' }),
  () => {
    test('copies to a key that is free', evidence(facts.D01), async ({ s3, object, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...object.source, IfNoneMatch: '*' }))

      await expect(key).toHoldObject(object.body)
    })

    test('is refused once the key holds an object', evidence(facts.D02), async ({ s3, object, destination }) => {
      const copy = s3.send(new CopyObjectCommand({ ...destination.address, ...object.source, IfNoneMatch: '*' }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(destination).toBeUntouched()
    })

    test('is refused in a bucket with versioning', evidence(facts.D02), async ({ s3, object, versionedObject }) => {
      const copy = s3.send(new CopyObjectCommand({ ...versionedObject.address, ...object.source, IfNoneMatch: '*' }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(versionedObject).toBeUntouched()
    })

    test('is refused for a copy in place', evidence(facts.D03), async ({ s3, ownObject }) => {
      const { address, source } = ownObject
      const changed = { MetadataDirective: 'REPLACE', Metadata: { copied: 'in-place' } } as const
      const copy = s3.send(new CopyObjectCommand({ ...address, ...source, ...changed, IfNoneMatch: '*' }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(ownObject).toBeUntouched()
    })

    test('copies to a key whose object was deleted', evidence(facts.D01), async ({ s3, object, destination }) => {
      await s3.send(new DeleteObjectCommand(destination.address))

      await s3.send(new CopyObjectCommand({ ...destination.address, ...object.source, IfNoneMatch: '*' }))

      await expect(destination).toHoldObject(object.body)
    })

    test('adds a version to a delete marker', evidence(facts.D04), async ({ s3, object, versionedObject }) => {
      await s3.send(new DeleteObjectCommand(versionedObject.address))

      await s3.send(new CopyObjectCommand({ ...versionedObject.address, ...object.source, IfNoneMatch: '*' }))

      await expect(versionedObject).toHoldObject(object.body)
      await expect(versionedObject).toHaveVersions(2, 1)
    })
  },
)
