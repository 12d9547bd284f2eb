import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, keyClasses, test } from '../../support/test/keys'

describe('A conditional copy works for any source key', docs('copy-object', { severity: 'data' }), () => {
  test.for(keyClasses)(
    'CopyObject with x-amz-copy-source-if-match succeeds only for the current ETag when the source key contains %s',
    evidence(facts.K01, facts.K03, facts.K04, facts.C01, facts.C02),
    async ({ texts: [text, other] }, { s3, keyWith }) => {
      const [from, key] = [keyWith(text), keyWith(other)]
      const { ETag } = await s3.send(new PutObjectCommand({ ...from, Body: 'source' }))
      const CopySource = `${from.Bucket}/${encodeURIComponent(from.Key)}`

      const stale = s3.send(new CopyObjectCommand({ ...key, CopySource, CopySourceIfMatch: anotherETag }))
      await expect(stale).toFailWith(412, 'PreconditionFailed')
      await expect(key).toHaveNoObject()
      const copy = s3.send(new CopyObjectCommand({ ...key, CopySource, CopySourceIfMatch: ETag }))
      await expect(copy).toReturnStatus(200)
      await expect(key).toHaveBody('source')
      await expect(from).toHaveBody('source')
    },
  )
})
