import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'PutObject with If-None-Match: * never overwrites an object',
  docs('conditional-writes', { promise: 'create once' }),
  () => {
    test(
      'PutObject with If-None-Match: * succeeds when the key does not exist',
      evidence(facts.P01),
      async ({ s3, key }) => {
        const response = await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        expect(response.ETag).toBeETagOf('first')
        await expect(key).toHaveBody('first')
      },
    )

    test(
      'PutObject with If-None-Match: * fails with 412 when the key exists',
      evidence(facts.P02),
      async ({ s3, object }) => {
        const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))

        await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'PutObject with If-None-Match: * fails with 412 when the key exists in a versioned bucket',
      evidence(facts.P05),
      async ({ s3, versionedObject }) => {
        const write = s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second', IfNoneMatch: '*' }))

        await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
        await expect(versionedObject).toBeUnchanged()
      },
    )

    test(
      'PutObject with If-None-Match: * succeeds after the object is deleted',
      evidence(facts.P03),
      async ({ s3, object }) => {
        await s3.send(new DeleteObjectCommand(object.address))

        await s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))

        await expect(object).toHaveBody('second')
      },
    )

    test(
      'PutObject with If-None-Match: * succeeds when the current version is a delete marker',
      evidence(facts.P04),
      async ({ s3, versionedObject }) => {
        await s3.send(new DeleteObjectCommand(versionedObject.address))

        await s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second', IfNoneMatch: '*' }))

        await expect(versionedObject).toHaveBody('second')
        await expect(versionedObject).toHaveVersions(2, 1)
      },
    )
  },
)
