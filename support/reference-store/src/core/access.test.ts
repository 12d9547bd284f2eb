import { describe, expect, test } from 'vitest'
import { accessOf, readPolicy } from './access.ts'
import { S3Error } from './message.ts'
import { readRequest, type Who } from './request.ts'
import type { StoredBucket } from './stored.ts'

const statement = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...more,
})

/** Returns a function that calls `accessOf` for a request to a bucket whose policy has the given statements. */
function withPolicy(...Statement: object[]) {
  const bucket = { name: 'b', policy: readPolicy(JSON.stringify({ Statement })) } as unknown as StoredBucket
  return (who: Who, method: string, url: string) =>
    accessOf(new Map([['b', bucket]]), who, readRequest({ method, url, headers: {} }))
}

function errorOf(policy: string): unknown {
  try {
    return readPolicy(policy)
  } catch (error) {
    return error
  }
}

describe('a bucket policy', () => {
  test('A policy can allow everyone to read objects, but not to list or write them, while the owner may do everything', () => {
    const access = withPolicy(statement())

    expect(access('anonymous', 'GET', '/b/k')).toMatchObject({ caller: { mayGet: true, mayList: false } })
    expect(access('anonymous', 'PUT', '/b/k').denied?.status).toBe(403)
    expect(access('anonymous', 'GET', '/b?list-type=2').denied?.status).toBe(403)
    expect(access('owner', 'PUT', '/b/k').denied).toBeUndefined()
  })

  test('A Deny statement also applies to the owner', () => {
    const access = withPolicy(statement(), statement({ Effect: 'Deny', Resource: 'arn:aws:s3:::b/secret/*' }))

    expect(access('owner', 'GET', '/b/secret/k').denied?.status).toBe(403)
    expect(access('second user', 'GET', '/b/k').denied).toBeUndefined()
  })

  test('A statement for the second user does not apply to other callers', () => {
    const access = withPolicy(statement({ Principal: { AWS: 'arn:aws:iam::000000000000:user/guest' } }))

    expect(access('second user', 'GET', '/b/k').denied).toBeUndefined()
    expect(access('anonymous', 'GET', '/b/k').denied?.status).toBe(403)
  })

  test.for([
    [JSON.stringify({ Statement: { Effect: 'Deny', NotPrincipal: '*', Action: 's3:*', Resource: '*' } }), 501],
    ['{', 400],
    ['[]', 400],
    ['{}', 400],
    [JSON.stringify({ Statement: [statement({ Condition: { Null: { 's3:if-match': 'true' } } })] }), 400],
  ] as const)('A malformed or unsupported policy is rejected: %s', ([policy, status]) => {
    const error = errorOf(policy)

    expect(error).toBeInstanceOf(S3Error)
    expect(error).toMatchObject({ status, code: status === 501 ? 'NotImplemented' : 'MalformedPolicy' })
  })
})
