import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondBefore, test } from '../../support/test'

// Each would answer 412 if it were read as the date that it means. The SDK writes dates rightly, so the header is added.
describe('x-amz-copy-source-if-unmodified-since is ignored when it is no HTTP date', docs('conditional-reads'), () => {
  test(
    'CopyObject ignores a fraction of a second',
    evidence(facts.C35),
    async ({ clientWithHeaders, sharedObject, key }) => {
      const date = oneSecondBefore(sharedObject.LastModified).toUTCString().replace(' GMT', '.000 GMT')
      const s3 = clientWithHeaders({ 'x-amz-copy-source-if-unmodified-since': date })

      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject ignores a date without GMT',
    evidence(facts.C35),
    async ({ clientWithHeaders, sharedObject, key }) => {
      const date = oneSecondBefore(sharedObject.LastModified).toUTCString().replace('GMT', '+0000')
      const s3 = clientWithHeaders({ 'x-amz-copy-source-if-unmodified-since': date })

      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject answers 412 to the HTTP date',
    evidence(facts.C10),
    async ({ clientWithHeaders, sharedObject, key }) => {
      const s3 = clientWithHeaders({
        'x-amz-copy-source-if-unmodified-since': oneSecondBefore(sharedObject.LastModified).toUTCString(),
      })

      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Unmodified-Since' })
      await expect(key).toHaveNoObject()
    },
  )
})
