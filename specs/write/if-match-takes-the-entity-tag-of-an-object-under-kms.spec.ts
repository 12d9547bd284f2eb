import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Such an entity tag is no MD5 of the bytes, so that none is computed here: only the one that S3 has returned will do.
describe(
  'If-Match takes the entity tag of an object that KMS encrypts',
  docs('UsingKMSEncryption', { needs: ['kms'] }),
  () => {
    test('overwrites for the one that S3 returned', evidence(facts.P27, facts.P09), async ({ s3, key }) => {
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption: 'aws:kms' }))

      await s3.send(new PutObjectCommand({ ...key, Body: 'second', ServerSideEncryption: 'aws:kms', IfMatch: ETag }))

      await expect(key).toHaveBody('second')
    })

    test('is refused for another one', evidence(facts.P27, facts.P13), async ({ s3, key, snapshot }) => {
      await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption: 'aws:kms' }))
      const first = await snapshot(key)

      const write = s3.send(
        new PutObjectCommand({ ...key, Body: 'second', ServerSideEncryption: 'aws:kms', IfMatch: anotherETag }),
      )

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(first).toBeUnchanged()
    })
  },
)
