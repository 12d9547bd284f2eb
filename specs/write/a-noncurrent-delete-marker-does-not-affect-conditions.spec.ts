import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A noncurrent delete marker does not affect conditions', docs('conditional-writes'), () => {
  test(
    'PutObject with If-None-Match: * fails with 412 when the key exists, even if it has a noncurrent delete marker',
    evidence(facts.P05),
    async ({ s3, versionedObject: { address }, snapshot }) => {
      await s3.send(new DeleteObjectCommand(address))
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const second = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(second).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match succeeds for the current ETag even if the key has a noncurrent delete marker',
    evidence(facts.P09),
    async ({ s3, versionedObject: { address } }) => {
      await s3.send(new DeleteObjectCommand(address))
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      await s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

      await expect(address).toHaveBody('third')
      await expect(address).toHaveVersions(3, 1)
    },
  )

  test(
    'PutObject with If-Match fails with 412 for the ETag that an object had before it was deleted and recreated',
    evidence(facts.P17),
    async ({ s3, versionedObject, snapshot }) => {
      const { address, ETag } = versionedObject
      await s3.send(new DeleteObjectCommand(address))
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const second = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(second).toBeUnchanged()
    },
  )
})
