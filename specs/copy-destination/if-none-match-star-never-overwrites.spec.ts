import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

describe('If-None-Match: * never copies over an object', guide('conditional-writes'), () => {
  test('copies to a key that is free', evidence('D01'), async ({ s3, object, key }) => {
    await s3.send(new CopyObjectCommand({ ...key, CopySource: object.copySource, IfNoneMatch: '*' }))

    await expect(key).toHoldObject(object.body)
  })

  test('is refused once the key holds an object', evidence('D02'), async ({ s3, object, destination }) => {
    const copy = s3.send(
      new CopyObjectCommand({ ...destination.address, CopySource: object.copySource, IfNoneMatch: '*' }),
    )

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(destination).toBeUntouched()
  })

  test('is refused for a copy in place', evidence('D03'), async ({ s3, object }) => {
    const changed = { MetadataDirective: 'REPLACE', Metadata: { copied: 'in-place' } } as const
    const copy = s3.send(
      new CopyObjectCommand({ ...object.address, CopySource: object.copySource, ...changed, IfNoneMatch: '*' }),
    )

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUntouched()
  })

  test('copies to a key whose object was deleted', evidence('D01'), async ({ s3, object, destination }) => {
    await s3.send(new DeleteObjectCommand(destination.address))

    await s3.send(new CopyObjectCommand({ ...destination.address, CopySource: object.copySource, IfNoneMatch: '*' }))

    await expect(destination).toHoldObject(object.body)
  })

  test('adds a version where a delete marker is current', evidence('D04'), async ({ s3, object, versionedObject }) => {
    const { address, VersionId } = versionedObject
    await s3.send(new DeleteObjectCommand(address))

    const copy = await s3.send(new CopyObjectCommand({ ...address, CopySource: object.copySource, IfNoneMatch: '*' }))

    expect(copy.VersionId).not.toBe(VersionId)
    await expect(versionedObject).toHoldObject(object.body)
  })
})
