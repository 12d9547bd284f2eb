import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// Directory markers and locks are often objects without bytes.
describe('Empty objects and bodies count as any other to a conditional write', docs('conditional-writes'), () => {
  test('If-None-Match: * creates an empty object', evidence(facts.P01, facts.P06), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '', IfNoneMatch: '*' }))

    await expect(key).toHaveBody('')
  })

  test('If-None-Match: * is refused over an empty object', evidence(facts.P06), async ({ s3, key, snapshot }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '' }))
    const empty = await snapshot(key)

    const write = s3.send(new PutObjectCommand({ ...key, Body: 'second', IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(empty).toBeUnchanged()
  })

  test('If-None-Match: * is refused with an empty body', evidence(facts.P06, facts.P02), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: '', IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })

  test('If-None-Match: * is refused where both are empty', evidence(facts.P06), async ({ s3, key, snapshot }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '' }))
    const empty = await snapshot(key)

    const write = s3.send(new PutObjectCommand({ ...key, Body: '', IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(empty).toBeUnchanged()
  })

  test('If-Match overwrites an empty object', evidence(facts.P09), async ({ s3, key }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: '' }))

    await s3.send(new PutObjectCommand({ ...key, Body: 'second', IfMatch: ETag }))

    await expect(key).toHaveBody('second')
  })

  test('If-Match is refused with an empty body', evidence(facts.P13), async ({ s3, key, object }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: '' }))

    const write = s3.send(new PutObjectCommand({ ...object.address, Body: '', IfMatch: ETag }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(object).toBeUnchanged()
  })
})
