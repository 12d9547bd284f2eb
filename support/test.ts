import { test as base, forSpecs } from './fixtures/base'
import { content } from './fixtures/content'
import { type Address, age, type KeyState, type StoredObject, snapshot, store } from './fixtures/objects'
import { setUp } from './fixtures/set-up'
import { createUpload, startUpload, uploadObject } from './fixtures/uploads'
import './verdicts/meta'
import { type BucketOptions, removeBucket } from './targets/buckets'
import { storeIsGone } from './wire/alive'

export { describe } from 'vitest'
export { facts } from './evidence/catalogue'
export { concurrentWriters, largeConcurrentWriters, rounds } from './fixtures/concurrent-writers'
export type { Address } from './fixtures/objects'
export { clientNames, runConcurrently } from './fixtures/run-concurrently'
export { anotherETag, oneDayAfter, oneSecondAfter, oneSecondBefore } from './fixtures/values'
export { expect } from './matchers/expect'
export { docs, evidence, reads } from './options'
export { keyClasses } from './targets/key-classes'

/** `test` with all fixtures. Folders of `specs` that need more extend it in `support/test`. */
export const withFixtures = base
  /** Returns an unused address in `bucket`, or in another bucket: `newKey(versionedBucket)`. */
  .extend('newKey', ({ newAddress, track }) => (bucket: string) => {
    const key = newAddress(bucket)
    return track(key, key)
  })
  /** An address in `bucket` at which nothing was ever stored. */
  .extend('key', ({ newKey, bucket }) => newKey(bucket))
  /** An address in `versionedBucket` at which nothing was ever stored. */
  .extend('versionedKey', ({ newKey, versionedBucket }) => newKey(versionedBucket))
  /** Stores an object in a bucket. */
  .extend(
    'newObject',
    ({ fixtureClient, newAddress, draw, track }) =>
      (bucket: string): Promise<StoredObject> =>
        setUp('storing an object', async () => {
          const key = newAddress(bucket)
          return track(await store(fixtureClient, key, draw(content)), key)
        }),
  )
  /** An object in `bucket` for this test, with its address, bytes, ETag and Last-Modified. */
  .extend('object', ({ newObject, bucket }) => newObject(bucket))
  /** An object in `bucket` that tests share, only for reads and as the source of copies. */
  .extend('sharedObject', ({ stored, task, track }) => {
    task.meta.shared = stored.address.Key
    return track(stored, stored.address)
  })
  /** `sharedObject`, once it is at least one second old by the store's clock. */
  .extend('agedSharedObject', ({ fixtureClient, sharedObject }) =>
    setUp('waiting until an object is a second old', () => age(fixtureClient, sharedObject)),
  )
  /** A second object in `bucket`, for use as the destination of copies. */
  .extend('destination', ({ newObject, bucket }) => newObject(bucket))
  /** An object in `versionedBucket`: its one version is the current version. */
  .extend('versionedObject', ({ newObject, versionedBucket }) => newObject(versionedBucket))
  /** An object in `suspendedBucket`: its null version is the current version. */
  .extend('suspendedObject', ({ newObject, suspendedBucket }) => newObject(suspendedBucket))
  /** An object in `bucket` that was uploaded in one part. */
  .extend('multipartObject', ({ fixtureClient, newAddress, bucket, draw, track }) =>
    setUp('uploading an object', async () => {
      const key = newAddress(bucket)
      return track(await uploadObject(fixtureClient, key, draw(content)), key)
    }),
  )
  /** A multipart upload to `key`, without parts. */
  .extend('upload', ({ fixtureClient, observer, key, track }) =>
    setUp('creating a multipart upload', async () => track(await createUpload(fixtureClient, observer, key), key)),
  )
  /** Starts a multipart upload of these bytes to a key: uploads its one part, so that it is ready to be completed. */
  .extend('startUpload', ({ fixtureClient, observer, track }, { onCleanup }) => {
    const starts: Promise<unknown>[] = []
    // If one of several uploads fails to start, the test ends before the other uploads can be aborted.
    onCleanup(async () => void (await Promise.allSettled(starts)))
    return (to: Address, body: string) => {
      const started = setUp('starting an upload', async () =>
        track(await startUpload(fixtureClient, observer, to, body), to),
      )
      starts.push(started)
      return started
    }
  })
  /** Reads the state of a key, for `toBeUnchanged`. */
  .extend(
    'snapshot',
    ({ fixtureClient, track }) =>
      (address: Address): Promise<KeyState> =>
        setUp('reading a key', async () => track(await snapshot(fixtureClient, address), address)),
  )
  /** Creates a bucket for this test only, and removes it after the test. */
  .extend('createBucket', ({ newBucket, clients }, { onCleanup }) => {
    const created: string[] = []
    // If the removal fails, the test does not fail: the bucket is removed, or reported, when the run ends.
    onCleanup(async () => {
      await Promise.allSettled(storeIsGone() ? [] : created.map((bucket) => removeBucket(clients.fixture, bucket)))
    })
    return async (options?: BucketOptions) => {
      const bucket = await newBucket(options)
      created.push(bucket)
      return bucket
    }
  })

/** Vitest's `test` with the fixtures of the specs. The tests of a worker share buckets, but use different keys. */
export const test = forSpecs(withFixtures)
