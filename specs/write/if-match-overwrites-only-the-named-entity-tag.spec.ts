import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'If-Match overwrites only the named entity tag',
  docs('conditional-writes', { promise: 'compare-and-swap' }),
  () => {
    test('overwrites for the current entity tag', evidence(facts.P09), async ({ s3, object }) => {
      const { address, ETag } = object
      const answer = await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      expect(answer.ETag).toBeETagOf('second')
      await expect(object).toHaveBody('second')
    })

    test('is refused for another entity tag', evidence(facts.P13), async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    })

    test('is refused once another write has landed', evidence(facts.P13), async ({ s3, object, snapshot }) => {
      const { address, ETag } = object
      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))
      const second = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(second).toBeUnchanged()
    })

    test('adds a version in a bucket with versioning', evidence(facts.P09), async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(versionedObject).toHaveBody('second')
      await expect(versionedObject).toHaveVersions(2)
    })

    test('is refused in a bucket with versioning, too', evidence(facts.P16), async ({ s3, versionedObject }) => {
      const write = s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second', IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(versionedObject).toBeUnchanged()
    })
  },
)
