import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('If-None-Match: * never overwrites an object', docs('conditional-writes', { promise: 'create once' }), () => {
  test('creates the object while the key is free', evidence(facts.P01), async ({ s3, key }) => {
    const answer = await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

    expect(answer.ETag).toBeETagOf('first')
    await expect(key).toHaveBody('first')
  })

  test('is refused once the key holds an object', evidence(facts.P02), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })

  test('is refused in a bucket with versioning, too', evidence(facts.P05), async ({ s3, versionedObject }) => {
    const write = s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second', IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(versionedObject).toBeUnchanged()
  })

  test('creates the object again after it was deleted', evidence(facts.P03), async ({ s3, object }) => {
    await s3.send(new DeleteObjectCommand(object.address))

    await s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))

    await expect(object).toHaveBody('second')
  })

  test('adds a version where a delete marker is current', evidence(facts.P04), async ({ s3, versionedObject }) => {
    await s3.send(new DeleteObjectCommand(versionedObject.address))

    await s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second', IfNoneMatch: '*' }))

    await expect(versionedObject).toHaveBody('second')
    await expect(versionedObject).toHaveVersions(2, 1)
  })
})
