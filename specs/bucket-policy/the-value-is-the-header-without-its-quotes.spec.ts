import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, key: string, value: string) => {
  const about = { Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` }
  const statement = { Effect: 'Deny', ...about, Condition: { StringEquals: { [key]: value } } }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

describe(
  'The value of a condition key is the header without one pair of quotes',
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test('s3:if-match is the entity tag alone', evidence(facts.A09), async ({ s3, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag } = object
      const Policy = policyOf(address.Bucket, 's3:if-match', ETag.slice(1, -1))
      await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(write).toFailWith(403, 'AccessDenied')
      await expect(object).toBeUnchanged()
    })

    test(
      's3:if-match is no list of entity tags',
      evidence(facts.A09, facts.P19),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        const Policy = policyOf(address.Bucket, 's3:if-match', ETag.slice(1, -1))
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: `${ETag}, ${anotherETag}` }))

        await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(object).toBeUnchanged()
      },
    )

    test('s3:if-none-match is the star', evidence(facts.A09), async ({ s3, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      const Policy = policyOf(key.Bucket, 's3:if-none-match', '*')
      await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

      const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

      await expect(write).toFailWith(403, 'AccessDenied')
      await expect(key).toHaveNoObject()
    })

    test('who names another is not denied', evidence(facts.A09, facts.P09), async ({ s3, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag } = object
      const Policy = policyOf(address.Bucket, 's3:if-match', anotherETag.slice(1, -1))
      await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(object).toHaveBody('second')
    })
  },
)
