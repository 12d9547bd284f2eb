import { test as base, forSpecs } from './fixtures/base'
import { content } from './fixtures/content'
import { type Address, age, type KeyState, type StoredObject, snapshot, store } from './fixtures/objects'
import { setUp } from './fixtures/set-up'
import { createUpload, startUpload, uploadObject } from './fixtures/uploads'
import type { BucketOptions } from './targets/buckets'
import { removeBucket } from './targets/remove-bucket'
import { storeIsGone } from './wire/alive'

export { describe } from 'vitest'
export { facts } from './evidence/catalogue'
export { concurrentWriters, largeConcurrentWriters, rounds } from './fixtures/concurrent-writers'
export type { Address } from './fixtures/objects'
export { clientNames, runConcurrently } from './fixtures/run-concurrently'
export { anotherETag, oneDayAfter, oneSecondAfter, oneSecondBefore, withoutQuotes } from './fixtures/values'
export { expect } from './matchers/expect'
export { docs, evidence, reads } from './options'
export { keyClasses } from './targets/key-classes'

/** `test` with all general fixtures. Modules in `support/test` add fixtures for individual folders of specs. */
export const withFixtures = base
  /** Returns an unused address in the given bucket. */
  .extend('newKey', ({ newAddress, track }) => (bucket: string) => {
    const key = newAddress(bucket)
    return track(key, key)
  })
  /** An unused address in `bucket`, at which nothing has ever been stored. */
  .extend('key', ({ newKey, bucket }) => newKey(bucket))
  /** An unused address in `versionedBucket`, at which nothing has ever been stored. */
  .extend('versionedKey', ({ newKey, versionedBucket }) => newKey(versionedBucket))
  .extend(
    'newObject',
    ({ fixtureClient, newAddress, draw, track }) =>
      (bucket: string): Promise<StoredObject> =>
        setUp('storing an object', async () => {
          const key = newAddress(bucket)
          return track(await store(fixtureClient, key, draw(content)), key)
        }),
  )
  /** An object in `bucket` that only this test uses: its address, bytes, ETag and Last-Modified. */
  .extend('object', ({ newObject, bucket }) => newObject(bucket))
  /** An object in `bucket` that tests share. Use it only for reads and as the source of copies. */
  .extend('sharedObject', ({ stored, task, track }) => {
    task.meta.shared = stored.address.Key
    return track(stored, stored.address)
  })
  /** Waits until `sharedObject` is at least one second old by the store's clock, and then provides it. */
  .extend('agedSharedObject', ({ fixtureClient, sharedObject }) =>
    setUp('waiting until an object is a second old', () => age(fixtureClient, sharedObject)),
  )
  /** A second object in `bucket`, for use as the destination of copies. */
  .extend('destination', ({ newObject, bucket }) => newObject(bucket))
  /** An object in `versionedBucket` that has exactly one version. */
  .extend('versionedObject', ({ newObject, versionedBucket }) => newObject(versionedBucket))
  /** An object in `suspendedBucket` whose null version is the current version. */
  .extend('suspendedObject', ({ newObject, suspendedBucket }) => newObject(suspendedBucket))
  /** An object in `bucket` that was stored by a multipart upload with one part. */
  .extend('multipartObject', ({ fixtureClient, newAddress, bucket, draw, track }) =>
    setUp('uploading an object', async () => {
      const key = newAddress(bucket)
      return track(await uploadObject(fixtureClient, key, draw(content)), key)
    }),
  )
  /** A multipart upload to `key` that has been started but has no parts yet. */
  .extend('upload', ({ fixtureClient, observer, key, track }) =>
    setUp('creating a multipart upload', async () => track(await createUpload(fixtureClient, observer, key), key)),
  )
  /** Starts a multipart upload to a key and uploads its only part, so that the upload is ready to be completed. */
  .extend('startUpload', ({ fixtureClient, observer, track }, { onCleanup }) => {
    const starts: Promise<unknown>[] = []
    // If one of several uploads fails to start, the test can end while other uploads are still starting. Wait for them,
    // because an upload can be aborted only once it has started.
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
    // A failed removal does not fail the test, because the bucket is removed or reported at the end of the run.
    onCleanup(async () => {
      await Promise.allSettled(storeIsGone() ? [] : created.map((bucket) => removeBucket(clients.fixture, bucket)))
    })
    return async (options?: BucketOptions) => {
      const bucket = await newBucket(options)
      created.push(bucket)
      return bucket
    }
  })

/** Vitest's `test` with the fixtures that specs use. Tests in the same worker share buckets but use different keys. */
export const test = forSpecs(withFixtures)
