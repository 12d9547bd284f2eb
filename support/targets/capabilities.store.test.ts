import { inject } from 'vitest'
import { type Fault, type Sent, startFaulty } from '../proxy/faults'
import { test as base, expect } from '../test'
import { createBucket, removeBucket } from './buckets'
import { probe } from './capabilities'
import { connect, PATIENT, type Target, UNSIGNED } from './target'

// What is found out of a store that nobody knows, by a store that is known and a proxy that takes something from it.

const test = base.extend('found', async ({}, { onCleanup }) => {
  const closed: (() => Promise<void>)[] = []
  onCleanup(async () => {
    for (const close of closed) await close()
  })
  return async (fault: (sent: Sent) => Fault | undefined) => {
    const target: Target = inject('target')
    const cloud = await startFaulty(target.endpoint ?? '', fault)
    const there = { ...target, endpoint: cloud.endpoint }
    const client = connect(there, PATIENT)
    const bucket = await createBucket(client, target.runId)
    closed.push(async () => {
      await removeBucket(connect(target, PATIENT), bucket)
      await cloud.close()
    })
    return probe(client, connect(there, { ...PATIENT, ...UNSIGNED }), bucket)
  }
})

const on = (method: string, query: string, fault: Fault) => (sent: Sent) =>
  sent.method === method && new RegExp(`[?&]${query}(=|&|$)`).test(sent.path) ? fault : undefined

test('a store that has it lacks neither versions nor lists', async ({ found }) => {
  const lacks = await found(() => undefined)

  expect(Object.keys(lacks)).not.toContain('versioning')
  expect(Object.keys(lacks)).not.toContain('list-versions')
  expect(Object.keys(lacks)).not.toContain('list-parts')
})

test('what is refused as unknown is lacking, and what needs it', async ({ found }) => {
  const lacks = await found(on('PUT', 'versioning', { status: 501, code: 'NotImplemented' }))

  expect(lacks).toMatchObject({
    versioning: 'PutBucketVersioning answered 501 NotImplemented',
    'list-versions': 'PutBucketVersioning answered 501 NotImplemented',
    'suspended-versioning': 'PutBucketVersioning answered 501 NotImplemented',
  })
})

test('what is accepted and has no effect is lacking, too', async ({ found }) => {
  const lacks = await found(on('PUT', 'versioning', { status: 200 }))

  expect(lacks.versioning).toBe('PutBucketVersioning is accepted, and nothing that is written has a version')
})

test('what the caller may not do is not lacking', async ({ found }) => {
  const lacks = await found(on('PUT', 'versioning', { status: 403, code: 'AccessDenied' }))

  expect(Object.keys(lacks)).not.toContain('versioning')
})

test('lists that are unknown are lacking, and the versions are not', async ({ found }) => {
  const lacks = await found(on('GET', 'versions', { status: 400, code: 'InvalidRequest' }))

  expect(lacks).toMatchObject({ 'list-versions': 'ListObjectVersions answered 400 InvalidRequest' })
  expect(Object.keys(lacks)).not.toContain('versioning')
})

test('a policy that is taken for the creation of the bucket leaves none', async ({ found }) => {
  const lacks = await found(on('PUT', 'policy', { status: 409, code: 'BucketAlreadyExists' }))

  expect(lacks).toMatchObject({
    'bucket-policy': 'PutBucketPolicy answered 409 BucketAlreadyExists',
    'public-access': 'PutBucketPolicy answered 409 BucketAlreadyExists',
  })
})

test('parts that are not listed are lacking', async ({ found }) => {
  const lacks = await found(({ method, path }) =>
    method === 'GET' && path.includes('uploadId') ? { status: 404, code: 'NoSuchKey' } : undefined,
  )

  expect(lacks['list-parts']).toBe('ListParts answered 404 NoSuchKey')
})
