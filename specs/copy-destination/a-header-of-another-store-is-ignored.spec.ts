import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// Cloudflare R2 had it before S3 took If-None-Match on copies. Sent to S3 it protects nothing.
describe('The condition of Cloudflare R2 on a destination is ignored', docs('conditional-writes'), () => {
  test(
    'CopyObject overwrites the object',
    evidence(facts.D18),
    async ({ clientWithHeaders, sharedObject, destination }) => {
      const s3 = clientWithHeaders({ 'cf-copy-destination-if-none-match': '*' })

      await s3.send(new CopyObjectCommand({ ...destination.address, ...sharedObject.source }))

      await expect(destination).toHaveBody(sharedObject.body)
    },
  )
})
