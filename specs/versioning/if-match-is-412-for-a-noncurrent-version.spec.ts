import { CopyObjectCommand, DeleteObjectCommand, DeleteObjectsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const Condition = 'If-Match'

// `versionedObject` is the noncurrent version as soon as something is stored over it.
describe('If-Match is 412 for the entity tag of a noncurrent version', docs('conditional-writes'), () => {
  test('PutObject is refused', evidence(facts.P17), async ({ s3, versionedObject, snapshot }) => {
    const { address, ETag } = versionedObject
    await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
    const overwritten = await snapshot(address)

    const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition })
    await expect(overwritten).toBeUnchanged()
  })

  test('CopyObject is refused', evidence(facts.D07), async ({ s3, sharedObject, versionedObject, snapshot }) => {
    const { address, ETag } = versionedObject
    await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
    const overwritten = await snapshot(address)

    const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

    await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
    await expect(overwritten).toBeUnchanged()
  })

  test('DeleteObject is refused', evidence(facts.X03, facts.V03), async ({ s3, versionedObject, snapshot }) => {
    const { address, ETag } = versionedObject
    await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
    const overwritten = await snapshot(address)

    const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

    await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition })
    await expect(overwritten).toBeUnchanged()
  })

  test(
    'an entry of DeleteObjects is refused',
    evidence(facts.X19, facts.V03),
    async ({ s3, versionedObject, snapshot }) => {
      const { address, ETag } = versionedObject
      const { Bucket, Key } = address
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const overwritten = await snapshot(address)

      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, ETag }] } }))

      await expect(remove).toDelete([], { [Key]: { Code: 'PreconditionFailed' } })
      await expect(overwritten).toBeUnchanged()
    },
  )
})
