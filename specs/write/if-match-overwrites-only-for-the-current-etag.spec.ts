import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-writes', { promise: 'compare-and-swap' })

describe('PutObject with If-Match overwrites an object only for its current ETag', options, () => {
  test('PutObject with If-Match succeeds for the current ETag', evidence(facts.P09), async ({ s3, object }) => {
    const { address, ETag } = object
    const response = await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

    expect(response.ETag).toBeETagOf('second')
    await expect(object).toHaveBody('second')
  })

  test(
    'PutObject with If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.P13),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match fails with 412 for the old ETag after the object is overwritten',
    evidence(facts.P13),
    async ({ s3, object, snapshot }) => {
      const { address, ETag } = object
      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))
      const second = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(second).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match succeeds in a versioned bucket for the current ETag',
    evidence(facts.P09),
    async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(versionedObject).toHaveBody('second')
      await expect(versionedObject).toHaveVersions(2)
    },
  )

  test(
    'PutObject with If-Match fails with 412 in a versioned bucket for an ETag other than the current one',
    evidence(facts.P16),
    async ({ s3, versionedObject }) => {
      const write = s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second', IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(versionedObject).toBeUnchanged()
    },
  )
})
