import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-writes', { promise: 'destination of a copy' })

describe('Conditions on the source and on the destination must both hold', options, () => {
  test(
    'CopyObject with source and destination conditions succeeds when both hold',
    evidence(facts.D14),
    async ({ s3, sharedObject: { source, body, ETag }, destination }) => {
      const conditions = { CopySourceIfMatch: ETag, IfMatch: destination.ETag }
      await s3.send(new CopyObjectCommand({ ...destination.address, ...source, ...conditions }))

      await expect(destination).toHaveBody(body)
    },
  )

  test(
    'CopyObject with source and destination conditions fails with 412 when the source condition fails',
    evidence(facts.D14),
    async ({ s3, sharedObject: { source }, destination }) => {
      const conditions = { CopySourceIfMatch: anotherETag, IfMatch: destination.ETag }
      const copy = s3.send(new CopyObjectCommand({ ...destination.address, ...source, ...conditions }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(destination).toBeUnchanged()
    },
  )

  test(
    'CopyObject with source and destination conditions fails with 412 when the destination condition fails',
    evidence(facts.D14),
    async ({ s3, sharedObject: { source, ETag }, destination }) => {
      const conditions = { CopySourceIfMatch: ETag, IfMatch: anotherETag }
      const copy = s3.send(new CopyObjectCommand({ ...destination.address, ...source, ...conditions }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(destination).toBeUnchanged()
    },
  )
})
