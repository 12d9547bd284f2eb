import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A copy of a multipart object has a new ETag', docs('checking-object-integrity'), () => {
  test(
    "CopyObject of a multipart object returns the MD5 of the object's bytes as the ETag, without a part-count suffix",
    evidence(facts.D16, facts.S23),
    async ({ s3, multipartObject, key }) => {
      const copy = await s3.send(new CopyObjectCommand({ ...key, ...multipartObject.source }))

      expect(multipartObject.ETag).toMatch(/^"[0-9a-f]{32}-1"$/)
      expect(copy.CopyObjectResult?.ETag).toBeETagOf(multipartObject.body)
    },
  )

  test(
    "CopyObject with If-Match succeeds for the destination's ETag when the destination is a copy of a multipart object",
    evidence(facts.D06, facts.D16),
    async ({ s3, multipartObject, sharedObject, key }) => {
      const { CopyObjectResult: copy } = await s3.send(new CopyObjectCommand({ ...key, ...multipartObject.source }))

      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfMatch: copy?.ETag }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject with If-Match fails with 412 for the ETag of the multipart object that the destination was copied from',
    evidence(facts.D07, facts.D16),
    async ({ s3, multipartObject, sharedObject, key, snapshot }) => {
      await s3.send(new CopyObjectCommand({ ...key, ...multipartObject.source }))
      const copied = await snapshot(key)

      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfMatch: multipartObject.ETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(copied).toBeUnchanged()
    },
  )
})
