import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const denies = { Effect: 'Deny', Action: 's3:PutObject' }
const deniesIfMatch = (value: string) => ({ ...denies, Condition: { StringEquals: { 's3:if-match': value } } })
const deniesIfNoneMatch = { ...denies, Condition: { StringEquals: { 's3:if-none-match': '*' } } }
const options = docs('conditional-writes-enforce', { needs: ['bucket-policy'] })

describe(
  'The value of a condition key is the header value with one pair of surrounding quotes removed',
  options,
  () => {
    test(
      'PutObject with If-Match fails with 403 when a Deny statement names the same ETag without quotes',
      evidence(facts.A09),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, '*', deniesIfMatch(ETag.slice(1, -1)))))

        const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(write).toFailWith(403, 'AccessDenied')
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'PutObject with a list of ETags in If-Match fails with 412, not 403, when a Deny statement names one of them',
      evidence(facts.A09, facts.P19),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, '*', deniesIfMatch(ETag.slice(1, -1)))))

        const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: `${ETag}, ${anotherETag}` }))

        await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'PutObject with If-None-Match: * fails with 403 when a Deny statement names * as the value of s3:if-none-match',
      evidence(facts.A09),
      async ({ s3, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, '*', deniesIfNoneMatch)))

        const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(write).toFailWith(403, 'AccessDenied')
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'PutObject with If-Match succeeds for the current ETag when a Deny statement names a different ETag',
      evidence(facts.A09, facts.P09),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        await s3.send(
          new PutBucketPolicyCommand(policyOf(address.Bucket, '*', deniesIfMatch(anotherETag.slice(1, -1)))),
        )

        await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(object).toHaveBody('second')
      },
    )
  },
)
