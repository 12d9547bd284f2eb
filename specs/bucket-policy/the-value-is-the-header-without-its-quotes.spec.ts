import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, key: string, value: string) => {
  const target = { Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` }
  const statement = { Effect: 'Deny', ...target, Condition: { StringEquals: { [key]: value } } }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

describe(
  "A condition key's value is the header value without one pair of quotes",
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test(
      'PutObject with If-Match fails with 403 when a Deny statement names the same ETag without quotes',
      evidence(facts.A09),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        const Policy = policyOf(address.Bucket, 's3:if-match', ETag.slice(1, -1))
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(write).toFailWith(403, 'AccessDenied')
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'PutObject with a list of ETags in If-Match fails with 412 when a Deny statement names one of them',
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

    test(
      'PutObject with If-None-Match: * fails with 403 when a Deny statement names *',
      evidence(facts.A09),
      async ({ s3, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const Policy = policyOf(key.Bucket, 's3:if-none-match', '*')
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

        const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(write).toFailWith(403, 'AccessDenied')
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'PutObject with If-Match succeeds when a Deny statement names a different ETag',
      evidence(facts.A09, facts.P09),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        const Policy = policyOf(address.Bucket, 's3:if-match', anotherETag.slice(1, -1))
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(object).toHaveBody('second')
      },
    )
  },
)
