import { inject } from 'vitest'
import type { Capability, UnsupportedCapabilities } from '../stores/store'
import { expect, test } from '../test'
import { type Fault, startFaultyCloud } from '../testing/faulty-cloud'
import type { ForwardedRequest } from '../wire/tampering-proxy'
import { probe } from './capabilities'
import { checkMayCreate } from './check'
import type { Target } from './target'

// The tests probe this run's store through a proxy that breaks one capability. The probe is not told in advance which
// capabilities the store lacks.

async function found(fault: (sent: ForwardedRequest) => Fault | undefined, region = 'us-east-1') {
  const target: Target = inject('target')
  const { endpoint, close } = await startFaultyCloud(target.endpoint ?? '', fault)
  try {
    const { unsupported } = await checkMayCreate(
      { ...target, endpoint, region, unsupported: {} },
      'npm run clean',
      probe,
    )
    return unsupported
  } finally {
    await close()
  }
}

/** Maps each capability to the capabilities that depend on it. */
const DEPENDENT: Partial<Record<Capability, readonly Capability[]>> = {
  'bucket-policy': ['public-access'],
  versioning: ['list-versions', 'suspended-versioning'],
  'list-versions': ['suspended-versioning'],
}

const on = (method: string, query: string, fault: Fault) => (sent: ForwardedRequest) =>
  sent.method === method && new RegExp(`[?&]${query}(=|&|$)`).test(sent.path) ? fault : undefined

test('capabilities that the store has are not reported', async () => {
  const unsupported = await found(() => undefined)

  expect(Object.keys(unsupported)).not.toContain('versioning')
  expect(Object.keys(unsupported)).not.toContain('list-versions')
  expect(Object.keys(unsupported)).not.toContain('list-parts')
})

test('a capability is reported, together with those that depend on it, if its request fails with 501', async () => {
  const unsupported = await found(on('PUT', 'versioning', { status: 501, code: 'NotImplemented' }))

  expect(unsupported).toMatchObject({
    versioning: 'PutBucketVersioning failed with 501 NotImplemented',
    'list-versions': 'PutBucketVersioning failed with 501 NotImplemented',
    'suspended-versioning': 'PutBucketVersioning failed with 501 NotImplemented',
  })
})

test('a capability is reported if its request succeeds but has no effect', async () => {
  const unsupported = await found(on('PUT', 'versioning', { status: 200 }))

  expect(unsupported.versioning).toBe('PutBucketVersioning succeeds, but new objects have no version id')
})

test('a capability is not reported if its request fails with 403', async () => {
  const unsupported = await found(on('PUT', 'versioning', { status: 403, code: 'AccessDenied' }))

  expect(Object.keys(unsupported)).not.toContain('versioning')
})

test('a store that cannot list versions does not necessarily lack versioning', async () => {
  const unsupported = await found(on('GET', 'versions', { status: 400, code: 'InvalidRequest' }))

  expect(unsupported).toMatchObject({ 'list-versions': 'ListObjectVersions failed with 400 InvalidRequest' })
  expect(Object.keys(unsupported)).not.toContain('versioning')
})

test('bucket policies are reported as missing if PutBucketPolicy creates a bucket instead', async () => {
  const unsupported = await found(on('PUT', 'policy', { status: 409, code: 'BucketAlreadyExists' }))

  expect(unsupported).toMatchObject({
    'bucket-policy': 'PutBucketPolicy failed with 409 BucketAlreadyExists',
    'public-access': 'PutBucketPolicy failed with 409 BucketAlreadyExists',
  })
})

test('part listings are reported as missing if ListParts fails', async () => {
  const unsupported = await found(({ method, path }) =>
    method === 'GET' && path.includes('uploadId') ? { status: 404, code: 'NoSuchKey' } : undefined,
  )

  expect(unsupported['list-parts']).toBe('ListParts failed with 404 NoSuchKey')
})

const isKms = ({ headers }: ForwardedRequest) => headers['x-amz-server-side-encryption'] === 'aws:kms'
const isRegion = ({ method, path, headers }: ForwardedRequest) =>
  method === 'PUT' && /^\/[^/?]+\/?(\?x-id=|$)/.test(path) && Number(headers['content-length'] ?? 0) > 0

const query = (method: string, name: string) => (sent: ForwardedRequest) =>
  sent.method === method && new RegExp(`[?&]${name}(=|&|$)`).test(sent.path)

const broken: Fault = { status: 500, code: 'InternalError' }

// To save time, each capability is tested with only one kind of fault, and each kind of fault with only two
// capabilities. A request that hangs takes ten seconds to time out.
test.for<[Capability, string, Fault, (sent: ForwardedRequest) => boolean]>([
  ['kms', 'hang', 'hang', isKms],
  ['bucket-region', 'hang', 'hang', isRegion],
  ['bucket-policy', 'reset', 'reset', query('PUT', 'policy')],
  ['versioning', 'reset', 'reset', query('PUT', 'versioning')],
  ['list-versions', '500', broken, query('GET', 'versions')],
  ['list-parts', '500', broken, query('GET', 'uploadId')],
])('only %s and its dependents are reported if its request fails: %s', async ([capability, , fault, isAffected]) => {
  const region = capability === 'bucket-region' ? 'eu-west-1' : undefined
  const all = await found(() => undefined, region)
  const unsupported = await found((sent) => (isAffected(sent) ? fault : undefined), region)

  const needing: readonly string[] = [capability, ...(DEPENDENT[capability] ?? [])]
  const others = (some: UnsupportedCapabilities) => Object.keys(some).filter((one) => !needing.includes(one))
  expect(unsupported[capability]).toMatch(/^[A-Z][\w- ]+ (got no response|failed with 500 InternalError)/)
  expect(others(unsupported).sort()).toEqual(others(all).sort())
})
