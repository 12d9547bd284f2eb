import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

describe('If-None-Match: * never copies over an object', guide('conditional-writes'), () => {
  test('copies to a key that is free', evidence('D01'), async ({ s3, sharedObject, key }) => {
    await s3.send(new CopyObjectCommand({ ...key, CopySource: sharedObject.copySource, IfNoneMatch: '*' }))

    await expect(key).toHoldObject(sharedObject.body)
  })

  test('is refused once the key holds an object', evidence('D02'), async ({ s3, sharedObject, destination }) => {
    const { copySource: CopySource } = sharedObject
    const copy = s3.send(new CopyObjectCommand({ ...destination.address, CopySource, IfNoneMatch: '*' }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(destination).toBeUntouched()
  })

  test('is refused in a bucket with versioning', evidence('D02'), async ({ s3, sharedObject, versionedObject }) => {
    const { copySource: CopySource } = sharedObject
    const copy = s3.send(new CopyObjectCommand({ ...versionedObject.address, CopySource, IfNoneMatch: '*' }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(versionedObject).toBeUntouched()
  })

  test('is refused for a copy in place', evidence('D03'), async ({ s3, object }) => {
    const { address, copySource: CopySource } = object
    const changed = { MetadataDirective: 'REPLACE', Metadata: { copied: 'in-place' } } as const
    const copy = s3.send(new CopyObjectCommand({ ...address, CopySource, ...changed, IfNoneMatch: '*' }))

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUntouched()
  })

  test('copies to a key whose object was deleted', evidence('D01'), async ({ s3, sharedObject, destination }) => {
    const { copySource: CopySource } = sharedObject
    await s3.send(new DeleteObjectCommand(destination.address))

    await s3.send(new CopyObjectCommand({ ...destination.address, CopySource, IfNoneMatch: '*' }))

    await expect(destination).toHoldObject(sharedObject.body)
  })

  test('adds a version to a delete marker', evidence('D04'), async ({ s3, sharedObject, versionedObject }) => {
    const { copySource: CopySource } = sharedObject
    await s3.send(new DeleteObjectCommand(versionedObject.address))

    await s3.send(new CopyObjectCommand({ ...versionedObject.address, CopySource, IfNoneMatch: '*' }))

    await expect(versionedObject).toHoldObject(sharedObject.body)
    await expect(versionedObject).toHaveVersions(2, 1)
  })
})
