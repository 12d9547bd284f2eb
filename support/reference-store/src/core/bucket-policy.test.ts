import { expect, test } from 'vitest'
import { failureOf, newBucket, textIn, xmlIn } from '../../test/context.ts'
import { deleteBucketPolicy, getBucketPolicy, putBucketPolicy } from './bucket-policy.ts'
import { HANDLERS } from './handlers.ts'

const policyFor = (more: object) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*', ...more }],
  })
const FOR_GUEST = policyFor({ Principal: { AWS: 'arn:aws:iam::000000000000:user/guest' } })
const UNBLOCKED =
  '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>'

test('GetBucketPolicy returns the policy unchanged', () => {
  const { send } = newBucket()
  const missing = { status: 404, code: 'NoSuchBucketPolicy', elements: { BucketName: 'bucket' } }
  expect(failureOf(() => send(getBucketPolicy))).toMatchObject(missing)
  expect(send(putBucketPolicy, FOR_GUEST).status).toBe(204)
  const response = send(getBucketPolicy)
  expect(textIn(response)).toBe(FOR_GUEST)
  expect(response.headers['Content-Type']).toBe('application/json')
  expect(send(deleteBucketPolicy).status).toBe(204)
  expect(send(deleteBucketPolicy).status).toBe(204)
  expect(failureOf(() => send(getBucketPolicy))).toMatchObject(missing)
})

test.each(['', 'text', '{}', '{"Statement":'])('PutBucketPolicy fails with 400 MalformedPolicy for "%s"', (text) => {
  expect(failureOf(() => newBucket().send(putBucketPolicy, text))).toMatchObject({
    status: 400,
    code: 'MalformedPolicy',
  })
})

test.each([
  [{ Effect: 'allow' }, 'Invalid effect : allow'],
  [{ Effect: undefined }, 'Missing required field Effect'],
  [{ Principal: undefined }, 'Missing required field Principal'],
  [{ Principal: { AWS: [] } }, 'Invalid principal in policy'],
  [{ Action: 'GetObject' }, 'Policy has invalid action'],
  [{ Resource: 'bucket/*' }, 'Policy has invalid resource'],
  [{ Resource: 'arn:aws:s3:::another/*' }, 'Policy has invalid resource'],
])('PutBucketPolicy fails with 400 MalformedPolicy for a statement that can never apply: %j', (more, message) => {
  const { Statement: one } = JSON.parse(FOR_GUEST)
  const text = JSON.stringify({ Statement: [{ ...one[0], ...more }] })
  expect(failureOf(() => newBucket().send(putBucketPolicy, text))).toMatchObject({ code: 'MalformedPolicy', message })
})

test.each(['arn:aws:s3:::bucket', 'arn:aws:s3:::buck*', 'arn:aws:s3:::*/a', '*'])(
  'PutBucketPolicy succeeds for the resource %s',
  (Resource) => {
    const text = policyFor({ Principal: { AWS: 'arn:aws:iam::000000000000:user/guest' }, Resource })
    expect(newBucket().send(putBucketPolicy, text).status).toBe(204)
  },
)

test.each(['*', { AWS: '*' }, { AWS: ['*'] }])(
  'PutBucketPolicy fails with 403 for the principal %j while public policies are blocked',
  (Principal) => {
    const { send } = newBucket()
    expect(failureOf(() => send(putBucketPolicy, policyFor({ Principal })))).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: expect.stringContaining('BlockPublicPolicy'),
    })
    expect(failureOf(() => send(getBucketPolicy))).toMatchObject({ status: 404 })
    expect(send(putBucketPolicy, policyFor({ Principal, Effect: 'Deny' })).status).toBe(204)
    send(HANDLERS.PutPublicAccessBlock, UNBLOCKED)
    expect(send(putBucketPolicy, policyFor({ Principal })).status).toBe(204)
  },
)

test('GetPublicAccessBlock returns the configuration, and a new bucket blocks all public access', () => {
  const { send } = newBucket()
  const blocks = () =>
    Object.fromEntries(xmlIn(send(HANDLERS.GetPublicAccessBlock)).children.map(({ name, text }) => [name, text]))
  expect(blocks()).toEqual({
    BlockPublicAcls: 'true',
    IgnorePublicAcls: 'true',
    BlockPublicPolicy: 'true',
    RestrictPublicBuckets: 'true',
  })
  expect(send(HANDLERS.PutPublicAccessBlock, UNBLOCKED).status).toBe(200)
  expect(blocks()).toMatchObject({ BlockPublicAcls: 'true', BlockPublicPolicy: 'false' })
  expect(failureOf(() => send(HANDLERS.PutPublicAccessBlock, UNBLOCKED.replace('true', 'maybe')))).toMatchObject({
    code: 'MalformedXML',
  })
  expect(send(HANDLERS.DeletePublicAccessBlock).status).toBe(204)
  expect(failureOf(() => send(HANDLERS.GetPublicAccessBlock))).toMatchObject({
    status: 404,
    code: 'NoSuchPublicAccessBlockConfiguration',
  })
  expect(send(putBucketPolicy, policyFor({ Principal: '*' })).status).toBe(204)
})
