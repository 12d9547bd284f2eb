import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, newBucket, objectOf, type Sending, signedIn, textIn, xmlIn } from '../../test/context.ts'
import {
  createBucket,
  createSession,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
  listDirectoryBuckets,
} from './buckets.ts'
import { newState, type State } from './state.ts'
import { allOf, textOf } from './xml.ts'

const DIRECTORY = 'b--use1-az4--x-s3'
const IN_ZONE =
  '<CreateBucketConfiguration><Location><Type>AvailabilityZone</Type><Name>use1-az4</Name></Location><Bucket><Type>Directory</Type></Bucket></CreateBucketConfiguration>'
const constrained = (region: string) =>
  `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`

const create = (name: string, sending: Sending = {}, state: State = newState()) =>
  createBucket(contextOf('PUT', `/${name}`, sending, state))
const names = (response: ReturnType<typeof listBuckets>) =>
  allOf(xmlIn(response), 'Buckets').flatMap((buckets) => allOf(buckets, 'Bucket').map((one) => textOf(one, 'Name')))

describe('CreateBucket', () => {
  test.each([
    'Upper',
    'ab',
    'a'.repeat(64),
    'a..b',
    '-ab',
    'ab-',
    'a_b',
    '1.2.3.4',
    'xn--abc',
    'abc-s3alias',
    'b--x-s3',
  ])('CreateBucket fails with 400 InvalidBucketName for %s', (name) => {
    expect(failureOf(() => create(name))).toMatchObject({
      status: 400,
      code: 'InvalidBucketName',
      elements: { BucketName: name },
    })
  })

  test.each(['abc', 'a.b.c', '123', 'a--b', 'a'.repeat(63)])('CreateBucket succeeds for the name %s', (name) => {
    const { status, headers } = create(name)
    expect(status).toBe(200)
    expect(headers).toMatchObject({ Location: `/${name}`, 'x-amz-bucket-arn': `arn:aws:s3:::${name}` })
  })

  test('CreateBucket without LocationConstraint fails with 400 outside us-east-1', () => {
    expect(failureOf(() => create('bucket', { headers: signedIn('eu-west-1') }))).toMatchObject({
      status: 400,
      code: 'IllegalLocationConstraintException',
      message:
        'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
    })
  })

  test('CreateBucket with the LocationConstraint of another region fails with 400', () => {
    const sending = { headers: signedIn('us-west-1'), body: constrained('us-east-2') }
    expect(failureOf(() => create('bucket', sending))).toMatchObject({
      code: 'IllegalLocationConstraintException',
      message:
        'The us-east-2 location constraint is incompatible for the region specific endpoint this request was sent to.',
    })
    const presigned = '/bucket?X-Amz-Credential=owner%2F20261125%2Fus-west-1%2Fs3%2Faws4_request&X-Amz-Signature=a'
    const context = contextOf('PUT', presigned, { body: constrained('us-east-2') })
    expect(failureOf(() => createBucket(context))).toMatchObject({ code: 'IllegalLocationConstraintException' })
  })

  test.each(['us-east-1', 'foo'])(
    'CreateBucket with LocationConstraint %s fails with 400 in us-east-1',
    (constraint) => {
      const sending = { headers: signedIn('us-east-1'), body: constrained(constraint) }
      expect(failureOf(() => create('bucket', sending))).toMatchObject({
        code: 'InvalidLocationConstraint',
        elements: { LocationConstraint: constraint },
      })
    },
  )

  test.each([
    ['eu-central-1', 'eu-central-1', 'eu-central-1'],
    ['eu-west-1', 'EU', 'eu-west-1'],
    ['us-east-1', 'us-west-2', 'us-west-2'],
    ['local', 'local', 'local'],
  ])('CreateBucket signed for %s with LocationConstraint %s succeeds', (signed, constraint, region) => {
    const state = newState()
    const { headers } = create('bucket', { headers: signedIn(signed), body: constrained(constraint) }, state)
    expect(headers.Location).toBe('http://127.0.0.1:4570/bucket')
    expect(headBucket(contextOf('HEAD', '/bucket', {}, state)).headers).toMatchObject({
      'x-amz-bucket-region': region,
      'x-amz-access-point-alias': 'false',
    })
    expect(xmlIn(getBucketLocation(contextOf('GET', '/bucket?location', {}, state))).text).toBe(constraint)
  })

  test('CreateBucket returns the host of the request in Location', () => {
    const headers = { ...signedIn('eu-west-1'), host: 'bucket.localhost:4570' }
    const context = contextOf('PUT', '/', { headers, body: constrained('eu-west-1') })
    expect(createBucket(context).headers.Location).toBe('http://bucket.localhost:4570/')
  })

  test('CreateBucket without Signature Version 4 succeeds with or without a LocationConstraint', () => {
    expect(create('bucket').status).toBe(200)
    expect(create('bucket', { body: constrained('eu-west-1') }).status).toBe(200)
    expect(create('bucket', { headers: { authorization: 'AWS owner:signature' } }).status).toBe(200)
  })

  test('CreateBucket for an existing bucket succeeds in us-east-1, and fails with 409 in other regions', () => {
    const { state, bucket } = newBucket()
    state.write(bucket, 'key', objectOf('a'))
    expect(create('bucket', {}, state).status).toBe(200)
    expect(state.buckets.get('bucket')?.keys.size).toBe(1)
    const abroad = { headers: signedIn('eu-west-1'), body: constrained('eu-west-1') }
    expect(failureOf(() => create('bucket', abroad, state))).toMatchObject({
      status: 409,
      code: 'BucketAlreadyOwnedByYou',
      elements: { BucketName: 'bucket' },
    })
  })

  test('CreateBucket in us-east-1 fails with 409 when the bucket exists in another region', () => {
    const state = newState()
    create('bucket', { headers: signedIn('eu-west-1'), body: constrained('eu-west-1') }, state)

    expect(failureOf(() => create('bucket', {}, state))).toMatchObject({ code: 'BucketAlreadyOwnedByYou' })
  })

  test('CreateBucket with x-amz-bucket-object-lock-enabled enables versioning and Object Lock', () => {
    const { bucket } = newBucket({ 'x-amz-bucket-object-lock-enabled': 'true' })
    expect(bucket).toMatchObject({ versioning: 'enabled', objectLock: {} })
  })

  test('CreateBucket fails with 400 for malformed XML or a public ACL, and with 501 for ownership that needs ACLs', () => {
    expect(failureOf(() => create('bucket', { body: '<CreateBucketConfiguration>' }))).toMatchObject({
      code: 'MalformedXML',
    })
    expect(failureOf(() => create('bucket', { headers: { 'x-amz-acl': 'public-read' } }))).toMatchObject({
      code: 'InvalidBucketAclWithObjectOwnership',
    })
    expect(failureOf(() => create('bucket', { headers: { 'x-amz-object-ownership': 'ObjectWriter' } }))).toMatchObject({
      status: 501,
    })
  })

  test('CreateBucket creates a directory bucket only in the zone that the bucket name contains', () => {
    const state = newState()
    const { headers } = create(DIRECTORY, { body: IN_ZONE }, state)
    expect(headers.Location).toBe(`http://127.0.0.1:4570/${DIRECTORY}`)
    expect(state.buckets.get(DIRECTORY)?.isDirectory).toBe(true)
    expect(headBucket(contextOf('HEAD', `/${DIRECTORY}`, {}, state)).headers).toMatchObject({
      'x-amz-bucket-location-name': 'use1-az4',
    })
    expect(failureOf(() => create('b--use1-az5--x-s3', { body: IN_ZONE }))).toMatchObject({ code: 'InvalidBucketName' })
    expect(failureOf(() => create(DIRECTORY))).toMatchObject({ code: 'InvalidBucketName' })
    expect(failureOf(() => create('bucket', { body: IN_ZONE }))).toMatchObject({ code: 'InvalidBucketName' })
  })
})

describe('DeleteBucket', () => {
  const remove = (name: string, state: State) => deleteBucket(contextOf('DELETE', `/${name}`, {}, state))
  const upload = (state: State, name: string) =>
    state.buckets.get(name)?.uploads.set('id', {
      id: 'id',
      key: 'key',
      initiated: new Date(),
      parts: new Map(),
      keyHeldObject: false,
      state: 'in progress',
      keyChangedSince: false,
      object: objectOf(''),
    })

  test('DeleteBucket fails with 409 while a version or a delete marker exists', () => {
    const { state, bucket } = newBucket({ 'x-amz-bucket-object-lock-enabled': 'true' })
    const marker = state.remove(bucket, 'key', new Date())
    expect(failureOf(() => remove('bucket', state))).toMatchObject({
      status: 409,
      code: 'BucketNotEmpty',
      elements: { BucketName: 'bucket' },
    })
    state.removeVersion(bucket, 'key', marker?.versionId ?? '')
    expect(remove('bucket', state).status).toBe(204)
    expect(failureOf(() => remove('bucket', state))).toMatchObject({ status: 404, code: 'NoSuchBucket' })
  })

  test('DeleteBucket succeeds with uploads in progress, except for a directory bucket', () => {
    const state = newState()
    create('bucket', {}, state)
    create(DIRECTORY, { body: IN_ZONE }, state)
    for (const name of ['bucket', DIRECTORY]) upload(state, name)
    expect(remove('bucket', state).status).toBe(204)
    expect(failureOf(() => remove(DIRECTORY, state))).toMatchObject({ code: 'BucketNotEmpty' })
  })
})

describe('ListBuckets', () => {
  const state = newState()
  for (const name of ['beta', 'alpha', 'album']) create(name, {}, state)
  create(DIRECTORY, { body: IN_ZONE }, state)
  const list = (query: string) => listBuckets(contextOf('GET', `/${query}`, {}, state))

  test('ListBuckets returns general purpose buckets sorted by name, with dates in whole seconds', () => {
    expect(names(list(''))).toEqual(['album', 'alpha', 'beta'])
    expect(textIn(list(''))).toContain('<CreationDate>2026-11-25T10:11:12.000Z</CreationDate>')
    expect(names(list('?prefix=al'))).toEqual(['album', 'alpha'])
    expect(names(list('?bucket-region=eu-west-1&max-buckets=1'))).toEqual([])
  })

  test('ListBuckets returns pages', () => {
    const first = list('?max-buckets=2')
    const token = textOf(xmlIn(first), 'ContinuationToken')
    expect(names(first)).toEqual(['album', 'alpha'])
    expect(names(list(`?max-buckets=2&continuation-token=${token}`))).toEqual(['beta'])
    expect(names(list('?max-buckets=1&continuation-token='))).toEqual(['album'])
    expect(failureOf(() => list('?max-buckets=0'))).toMatchObject({ code: 'InvalidArgument' })
  })

  test('ListDirectoryBuckets returns only directory buckets', () => {
    const context = contextOf('GET', '/?x-id=ListDirectoryBuckets', {}, state)
    expect(names(listDirectoryBuckets(context))).toEqual([DIRECTORY])
  })
})

test("CreateSession returns the caller's own key pair", () => {
  const state = newState()
  create(DIRECTORY, { body: IN_ZONE }, state)
  create('bucket', {}, state)
  const session = (sending: Sending, name = DIRECTORY) =>
    createSession(contextOf('GET', `/${name}?session`, sending, state))
  const [credentials] = allOf(xmlIn(session({ who: 'second user' })), 'Credentials')
  expect(credentials && textOf(credentials, 'AccessKeyId')).toBe('guest')
  expect(credentials && textOf(credentials, 'Expiration')).toBe('2026-11-25T10:16:12.000Z')
  expect(failureOf(() => session({ who: 'anonymous' }))).toMatchObject({ status: 403 })
  expect(failureOf(() => session({}, 'bucket'))).toMatchObject({ status: 400 })
  expect(failureOf(() => session({}, 'other'))).toMatchObject({ status: 404 })
  expect(session({}, 'new--use1-az4--x-s3')).toMatchObject({ status: 200 })
})
