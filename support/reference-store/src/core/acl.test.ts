import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, objectOf, textIn } from '../testing/context.ts'
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from './acl.ts'
import { createBucket } from './buckets.ts'
import { newState } from './state.ts'

function newBucket() {
  const state = newState()
  createBucket(contextOf('PUT', '/bucket', {}, state))
  const bucket = state.buckets.get('bucket')
  if (!bucket) throw new Error('no bucket')
  return {
    ...{ state, bucket },
    get: () => textIn(getBucketAcl(contextOf('GET', '/bucket?acl', {}, state))),
    put: (headers: Record<string, string>, body?: string) =>
      putBucketAcl(contextOf('PUT', '/bucket?acl', { headers, ...(body !== undefined && { body }) }, state)),
  }
}

describe('the ACL of a bucket', () => {
  test('gives its owner full control, and can be put as it is returned', () => {
    const { get, put } = newBucket()
    expect(get()).toMatch(
      /<Owner><ID>(\w+)<\/ID><\/Owner><AccessControlList><Grant><Grantee [^>]*xsi:type="CanonicalUser"><ID>\1<\/ID><\/Grantee><Permission>FULL_CONTROL<\/Permission><\/Grant><\/AccessControlList>/,
    )
    expect(put({}, get()).status).toBe(200)
    expect(put({ 'x-amz-acl': 'private' }).status).toBe(200)
  })

  test('can be no other', () => {
    const { get, put } = newBucket()
    const unsupported = { status: 400, code: 'AccessControlListNotSupported' }
    expect(failureOf(() => put({ 'x-amz-acl': 'public-read' }))).toMatchObject(unsupported)
    expect(failureOf(() => put({ 'x-amz-grant-read': 'id="a"' }))).toMatchObject(unsupported)
    expect(failureOf(() => put({}, get().replace('FULL_CONTROL', 'READ')))).toMatchObject(unsupported)
  })

  test('fails with 400 for what is no ACL, and with 501 where ACLs are enabled', () => {
    const { put, bucket } = newBucket()
    expect(failureOf(() => put({}))).toMatchObject({ code: 'MissingSecurityHeader' })
    expect(failureOf(() => put({ 'x-amz-acl': 'fake' }))).toMatchObject({ code: 'InvalidArgument' })
    expect(failureOf(() => put({}, '<AccessControlPolicy>'))).toMatchObject({ code: 'MalformedACLError' })
    expect(failureOf(() => put({ 'x-amz-acl': 'private' }, '<a/>'))).toMatchObject({ code: 'UnexpectedContent' })
    bucket.settings.delete('ownershipControls')
    expect(failureOf(() => put({ 'x-amz-acl': 'public-read' }))).toMatchObject({ status: 501 })
  })
})

test('the ACL of an object is that of its owner', () => {
  const { state, bucket } = newBucket()
  bucket.versioning = 'enabled'
  const { versionId } = state.write(bucket, 'key', objectOf('text'))
  const get = () => getObjectAcl(contextOf('GET', '/bucket/key?acl', {}, state))
  const put = () => putObjectAcl(contextOf('PUT', '/bucket/key?acl', { headers: { 'x-amz-acl': 'private' } }, state))
  expect(get().headers['x-amz-version-id']).toBe(versionId)
  expect(put().status).toBe(200)
  state.remove(bucket, 'key', new Date())
  expect(failureOf(get)).toMatchObject({ status: 404, code: 'NoSuchKey' })
  expect(failureOf(put)).toMatchObject({ status: 405, code: 'MethodNotAllowed' })
})
