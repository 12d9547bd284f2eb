import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('Conditions on a copy source accept * and a list of ETags, as in a read', docs('conditional-reads'), () => {
  test(
    'CopyObject with x-amz-copy-source-if-match: * succeeds when the source exists',
    evidence(facts.C18),
    async ({ s3, sharedObject, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: '*' }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-match succeeds for a list of ETags that includes the current one',
    evidence(facts.C18),
    async ({ s3, sharedObject, key }) => {
      const list = `${anotherETag}, ${sharedObject.ETag}`
      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: list }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-match fails with 412 for a list that does not include the current ETag',
    evidence(facts.C02),
    async ({ s3, sharedObject, key }) => {
      const list = `${anotherETag}, "11111111111111111111111111111111"`
      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: list }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-none-match fails with 412 for a list of ETags that includes the current one',
    evidence(facts.C19),
    async ({ s3, sharedObject, key }) => {
      const list = `${anotherETag}, ${sharedObject.ETag}`
      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfNoneMatch: list }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
      await expect(key).toHaveNoObject()
    },
  )
})
