import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-writes', { promise: 'compare-and-swap' })

describe('PutObject with If-Match compares only the ETag of the current version', options, () => {
  test(
    'PutObject with If-Match fails with 412 for the ETag of a noncurrent version',
    evidence(facts.P17),
    async ({ s3, versionedObject, snapshot }) => {
      const { address, ETag } = versionedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const second = await snapshot(address)

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(second).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match succeeds for the ETag of the current version',
    evidence(facts.P09, facts.P17),
    async ({ s3, versionedObject }) => {
      const { address } = versionedObject
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      await s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

      await expect(versionedObject).toHaveBody('third')
      await expect(versionedObject).toHaveVersions(3)
    },
  )
})
