import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondBefore, test } from '../../support/test'

const options = docs('conditional-reads')
const malformed = [
  ['fractional seconds', '.000 GMT'],
  ['+0000 instead of GMT', ' +0000'],
] as const

// If S3 parsed the malformed dates, the requests would fail with 412. The SDK can send only HTTP dates, so the tests
// set the raw header themselves.
describe('x-amz-copy-source-if-unmodified-since is ignored unless its value is an HTTP date', options, () => {
  test.for(malformed)(
    'CopyObject ignores x-amz-copy-source-if-unmodified-since if its date has %s',
    evidence(facts.C35),
    async ([, end], { clientWithHeaders, sharedObject, key }) => {
      const date = oneSecondBefore(sharedObject.LastModified).toUTCString().replace(' GMT', end)
      const s3 = clientWithHeaders({ 'x-amz-copy-source-if-unmodified-since': date })

      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-unmodified-since fails with 412 for an HTTP date before Last-Modified',
    evidence(facts.C10),
    async ({ clientWithHeaders, sharedObject, key }) => {
      const date = oneSecondBefore(sharedObject.LastModified).toUTCString()
      const s3 = clientWithHeaders({ 'x-amz-copy-source-if-unmodified-since': date })

      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Unmodified-Since' })
      await expect(key).toHaveNoObject()
    },
  )
})
