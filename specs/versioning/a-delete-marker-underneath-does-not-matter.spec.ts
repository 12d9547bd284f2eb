import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// Stored, deleted and stored again: the marker is noncurrent.
describe('A delete marker underneath the current version does not matter', docs('conditional-writes'), () => {
  test('If-None-Match: * is refused', evidence(facts.P05), async ({ s3, versionedObject: { address }, snapshot }) => {
    await s3.send(new DeleteObjectCommand(address))
    await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
    const storedAgain = await snapshot(address)

    const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(storedAgain).toBeUnchanged()
  })

  test('If-Match holds for the current version', evidence(facts.P09), async ({ s3, versionedObject: { address } }) => {
    await s3.send(new DeleteObjectCommand(address))
    const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

    await s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

    await expect(address).toHaveBody('third')
    await expect(address).toHaveVersions(3, 1)
  })

  test(
    'If-Match is 412 for the one under the marker',
    evidence(facts.P17),
    async ({ s3, versionedObject, snapshot }) => {
      const { address, ETag } = versionedObject
      await s3.send(new DeleteObjectCommand(address))
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const storedAgain = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(storedAgain).toBeUnchanged()
    },
  )
})
