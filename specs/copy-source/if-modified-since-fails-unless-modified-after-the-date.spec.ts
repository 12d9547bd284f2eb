import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondAfter, oneSecondBefore, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Modified-Since'
const options = docs('conditional-reads', { promise: 'source of a copy' })

describe('x-amz-copy-source-if-modified-since fails unless the source was modified after the date', options, () => {
  test(
    'CopyObject with x-amz-copy-source-if-modified-since succeeds for a date before Last-Modified',
    evidence(facts.C07),
    async ({ s3, sharedObject: { source, body, LastModified }, key }) => {
      const earlier = oneSecondBefore(LastModified)
      await s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfModifiedSince: earlier }))

      await expect(key).toHaveBody(body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-modified-since fails with 412, not 304, for a date equal to Last-Modified',
    evidence(facts.C06),
    async ({ s3, sharedObject: { source, LastModified }, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfModifiedSince: LastModified }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-modified-since fails with 412 for a date between Last-Modified and now',
    evidence(facts.C05),
    async ({ s3, agedSharedObject: { source, LastModified }, key }) => {
      const later = oneSecondAfter(LastModified)
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfModifiedSince: later }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition })
      await expect(key).toHaveNoObject()
    },
  )
})
