import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// Cloudflare R2 introduced `cf-copy-destination-if-none-match` before S3 supported If-None-Match on copies. S3 ignores
// the R2 header.
describe('S3 ignores the Cloudflare R2 header cf-copy-destination-if-none-match', docs('conditional-writes'), () => {
  test(
    'CopyObject ignores cf-copy-destination-if-none-match: * and overwrites the destination',
    evidence(facts.D18),
    async ({ clientWithHeaders, sharedObject, destination }) => {
      const s3 = clientWithHeaders({ 'cf-copy-destination-if-none-match': '*' })

      await s3.send(new CopyObjectCommand({ ...destination.address, ...sharedObject.source }))

      await expect(destination).toHaveBody(sharedObject.body)
    },
  )
})
