import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test, withoutQuotes } from '../../support/test'

describe('The quotes around an ETag are optional in a copy', docs('conditional-reads'), () => {
  test(
    'CopyObject with x-amz-copy-source-if-match succeeds for the current ETag without quotes',
    evidence(facts.C01),
    async ({ s3, sharedObject: { source, body, ETag }, key }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: withoutQuotes(ETag) }))

      await expect(key).toHaveBody(body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-none-match fails with 412 for the current ETag without quotes',
    evidence(facts.C03),
    async ({ s3, sharedObject: { source, ETag }, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfNoneMatch: withoutQuotes(ETag) }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
      await expect(key).toHaveNoObject()
    },
  )
})
