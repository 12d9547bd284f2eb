import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

const options = docs('conditional-reads', { needs: ['suspended-versioning'] })

describe('A read or copy compares the ETag of the null version like that of any other version', options, () => {
  test.for(reads)(
    '%s with If-None-Match returns 304 for the ETag of the null version when that version is current',
    evidence(facts.R06, facts.V01),
    async ({ Read }, { s3, suspendedObject }) => {
      const read = s3.send(new Read({ ...suspendedObject.address, IfNoneMatch: suspendedObject.ETag }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)(
    '%s with If-Match fails with 412 for the ETag of a replaced null version',
    evidence(facts.R03, facts.V01),
    async ({ Read }, { s3, suspendedObject }) => {
      const { address, ETag } = suspendedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const read = s3.send(new Read({ ...address, IfMatch: ETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-match succeeds for the ETag of the null version when that version is current',
    evidence(facts.C01, facts.V01),
    async ({ s3, suspendedObject, key }) => {
      const { source, ETag, body } = suspendedObject
      await s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: ETag }))

      await expect(key).toHaveBody(body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-match fails with 412 for the ETag of a replaced null version',
    evidence(facts.C02, facts.V01),
    async ({ s3, suspendedObject, key }) => {
      const { address, source, ETag } = suspendedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: ETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(key).toHaveNoObject()
    },
  )
})
