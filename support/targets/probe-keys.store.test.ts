import { inject } from 'vitest'
import { expect, test } from '../test'
import { type Fault, startFaultyCloud } from '../testing/faulty-cloud'
import type { ForwardedRequest } from '../wire/tampering-proxy'
import { listSuiteBuckets } from './buckets'
import { keyClasses } from './key-classes'
import { probeKeys } from './probe-keys'
import { connect, type Target } from './target'

// The tests probe this run's store through a proxy that mishandles keys with one class of characters.

async function found(fault: (sent: ForwardedRequest) => Fault | undefined, withinMs?: number) {
  const target: Target = inject('target')
  const { endpoint, close } = await startFaultyCloud(target.endpoint ?? '', fault)
  try {
    return await probeKeys({ ...target, endpoint, runId: 'probe00000' }, withinMs)
  } finally {
    await close()
  }
}

const isAbout = (text: string) => (sent: ForwardedRequest) => {
  const source = String(sent.headers['x-amz-copy-source'] ?? '')
  return (
    sent.method === 'PUT' &&
    [decodeURIComponent(sent.path), decodeURIComponent(source)].some((path) => path.includes(text))
  )
}

test('no class is reported and no bucket is left if every request succeeds', async () => {
  const target: Target = inject('target')

  expect(await found(() => undefined)).toEqual(target.brokenKeys ?? {})
  expect(await listSuiteBuckets(connect(target), 's3cr-probe00000')).toEqual([])
})

test.for(keyClasses)('only one class is reported if copies of keys with %s fail', async (one) => {
  const isBroken = isAbout(one.texts[0])
  const broken = await found((sent) =>
    'x-amz-copy-source' in sent.headers && isBroken(sent) ? { status: 404, code: 'NoSuchKey' } : undefined,
  )

  expect(broken).toMatchObject({ [one.id]: 'CopyObject failed with 404 NoSuchKey' })
  expect(Object.keys(broken)).toEqual(Object.keys({ [one.id]: '', ...inject('target').brokenKeys }))
})

test('a class is reported if a write succeeds without storing the object', async () => {
  const broken = await found((sent) => (isAbout('a+b')(sent) ? { late: 60_000 } : undefined))

  expect(broken.plus).toBe('ListObjectsV2 does not list the keys that were written')
})

test.for<[string, Fault]>([
  ['hang', 'hang'],
  ['reset', 'reset'],
  ['500', { status: 500, code: 'InternalError' }],
])('a class is reported and the probe finishes if the requests for this class fail: %s', async ([, fault]) => {
  const broken = await found((sent) => (isAbout('日')(sent) ? fault : undefined), 4_000)

  expect(broken.日).toMatch(/^(no response to PutObject in time|PutObject (got no response|failed with 500))/)
  expect(broken.plus).toBe(inject('target').brokenKeys?.plus)
})

test('every class is reported if no bucket can be created', async () => {
  const broken = await found(({ method }) => (method === 'PUT' ? { status: 403, code: 'AccessDenied' } : undefined))

  expect(broken).toEqual(
    Object.fromEntries(keyClasses.map(({ id }) => [id, 'CreateBucket failed with 403 AccessDenied'])),
  )
})
