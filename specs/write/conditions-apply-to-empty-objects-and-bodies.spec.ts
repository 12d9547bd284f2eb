import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// Directory markers and locks are often empty objects.
describe('Conditions apply to empty objects and bodies', docs('conditional-writes'), () => {
  test(
    'PutObject with If-None-Match: * and an empty body succeeds when the key does not exist',
    evidence(facts.P01, facts.P06),
    async ({ s3, key }) => {
      await s3.send(new PutObjectCommand({ ...key, Body: '', IfNoneMatch: '*' }))

      await expect(key).toHaveBody('')
    },
  )

  test(
    'PutObject with If-None-Match: * fails with 412 when the stored object is empty',
    evidence(facts.P06),
    async ({ s3, key, snapshot }) => {
      await s3.send(new PutObjectCommand({ ...key, Body: '' }))
      const empty = await snapshot(key)

      const write = s3.send(new PutObjectCommand({ ...key, Body: 'second', IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(empty).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-None-Match: * and an empty body fails with 412 when the key exists',
    evidence(facts.P06, facts.P02),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body: '', IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-None-Match: * and an empty body fails with 412 when the stored object is empty',
    evidence(facts.P06),
    async ({ s3, key, snapshot }) => {
      await s3.send(new PutObjectCommand({ ...key, Body: '' }))
      const empty = await snapshot(key)

      const write = s3.send(new PutObjectCommand({ ...key, Body: '', IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(empty).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match succeeds for the current ETag when the stored object is empty',
    evidence(facts.P09),
    async ({ s3, key }) => {
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: '' }))

      await s3.send(new PutObjectCommand({ ...key, Body: 'second', IfMatch: ETag }))

      await expect(key).toHaveBody('second')
    },
  )

  test(
    "PutObject with an empty body and an empty object's ETag in If-Match fails with 412 for a non-empty object",
    evidence(facts.P13),
    async ({ s3, key, object }) => {
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: '' }))

      const write = s3.send(new PutObjectCommand({ ...object.address, Body: '', IfMatch: ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
