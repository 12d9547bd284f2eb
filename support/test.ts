import { inject } from 'vitest'
import { storeIsGone } from './exchange/alive'
import { type AnyKey, anyKey } from './fixtures/any-key'
import { type Contending, prepareContenders } from './fixtures/contenders'
import { content, keyName } from './fixtures/content'
import { type Crowd, storeSources } from './fixtures/crowds'
import { type Directory, directory } from './fixtures/directory'
import { test as ground } from './fixtures/ground'
import { type Guest, guest } from './fixtures/guest'
import { type Address, age, type KeyState, observable, remember, type StoredObject, store } from './fixtures/objects'
import { type Presigned, presigned } from './fixtures/presigned'
import { removeAll } from './fixtures/removal'
import { need, setUp } from './fixtures/set-up'
import { share } from './fixtures/share'
import { createUpload, initiatedAt, startUpload, uploadObject } from './fixtures/uploads'
import { makeWebsite } from './fixtures/website'
import './judge/meta'
import { type BucketOptions, letEverybodyRead, removeBucket } from './targets/buckets'

export { describe } from 'vitest'
export { facts } from './evidence/catalogue'
export { callers, tenCallers } from './fixtures/callers'
export { crowds, largeCrowds, rounds } from './fixtures/crowds'
export type { Address } from './fixtures/objects'
export { anotherETag, oneDayAfter, oneSecondAfter, oneSecondBefore } from './fixtures/values'
export { expect } from './matchers/expect'
export { docs, evidence, reads } from './options'
export { keyClasses } from './targets/key-classes'

/**
 * Vitest's `test` with what the specs need. The tests of a worker share their buckets, and every test has keys of its own
 * in them. A bucket that a test makes for itself is removed after the test.
 */
export const test = ground
  /** Where nothing was ever stored: the address alone, for a fixture to put something there. */
  .extend(
    'place',
    ({ matcherClient, draw }) =>
      (Bucket: string): Address =>
        observable(matcherClient, { Bucket, Key: draw(keyName(inject('target').brokenKeys)) }),
  )
  /** Where nothing was ever stored, in a bucket of the spec's choice. */
  .extend('keyIn', ({ place, made }) => (bucket: string): Address => {
    const key = place(bucket)
    return made(key, key)
  })
  /** Where nothing was ever stored, in `bucket`. */
  .extend('key', ({ keyIn, bucket }) => keyIn(bucket))
  /** Where nothing was ever stored, in `versionedBucket`. */
  .extend('versionedKey', ({ keyIn, versionedBucket }) => keyIn(versionedBucket))
  /** Stores an object in a bucket. */
  .extend(
    'storeIn',
    ({ fixtureClient, place, draw, made }) =>
      (bucket: string): Promise<StoredObject> =>
        setUp('storing an object', async () => {
          const key = place(bucket)
          return made(await store(fixtureClient, key, draw(content)), key)
        }),
  )
  /**
   * An object in `bucket` that many tests share, with its bytes, ETag, Last-Modified and address: for reads, and as the
   * source of copies, only.
   */
  .extend('object', ({ stored, task, made }) => {
    task.meta.shared = stored.address.Key
    return made(stored, stored.address)
  })
  /** An object stored in `bucket` for this test, which may change it. */
  .extend('ownObject', ({ storeIn, bucket }) => storeIn(bucket))
  /** A further object in `bucket`, for copies to be made to. */
  .extend('destination', ({ storeIn, bucket }) => storeIn(bucket))
  /** An object stored in `versionedBucket`: its one version is the current version. */
  .extend('versionedObject', ({ storeIn, versionedBucket }) => storeIn(versionedBucket))
  /** An object stored in `suspendedBucket`: its null version is the current version. */
  .extend('suspendedObject', ({ storeIn, suspendedBucket }) => storeIn(suspendedBucket))
  /** `object`, once it was stored a second ago or earlier, by the store's own clock. */
  .extend('agedObject', ({ fixtureClient, object }) =>
    setUp('waiting until an object is a second old', () => age(fixtureClient, object)),
  )
  /** The same for an object that the test may change. */
  .extend('ownAgedObject', ({ fixtureClient, ownObject }) =>
    setUp('waiting until an object is a second old', () => age(fixtureClient, ownObject)),
  )
  /** An object in `bucket` that was uploaded in one part. */
  .extend('multipartObject', ({ fixtureClient, place, bucket, draw, made }) =>
    setUp('uploading an object', async () => {
      const key = place(bucket)
      return made(await uploadObject(fixtureClient, key, draw(content)), key)
    }),
  )
  /** A multipart upload to a free key of `bucket`, without parts. */
  .extend('upload', ({ fixtureClient, matcherClient, key, made }) =>
    setUp('creating a multipart upload', async () => made(await createUpload(fixtureClient, matcherClient, key), key)),
  )
  /** Starts a multipart upload of these bytes to a key: its one part is there, and it is ready to be completed. */
  .extend('startUpload', ({ fixtureClient, matcherClient, made }, { onCleanup }) => {
    const starts: Promise<unknown>[] = []
    // If one of several fails, the test ends before the others are there to be removed.
    onCleanup(async () => void (await Promise.allSettled(starts)))
    return (to: Address, body: string) => {
      const start = async () => made(await startUpload(fixtureClient, matcherClient, to, body), to)
      const started = setUp('starting an upload', start)
      starts.push(started)
      return started
    }
  })
  /** An upload that was initiated a second ago or earlier, by the store's own clock. */
  .extend('agedUpload', ({ fixtureClient, upload, ownObject }) =>
    setUp('waiting until an upload is a second old', async () => {
      await age(fixtureClient, ownObject)
      return { ...upload, Initiated: await initiatedAt(fixtureClient, upload) }
    }),
  )
  /** The sources of copies that the tests of a file share. They are removed when the file ends. */
  .extend('sources', { scope: 'file' }, ({ clients }, { onCleanup }) => {
    const keys: Address[] = []
    onCleanup(() => removeAll(clients.fixture, keys))
    return { keys, share: share() }
  })
  /** Objects with the bodies of a crowd, as sources of copies; made to be spread into CopyObject. */
  .extend('sourcesOf', ({ sources, fixtureClient, bucket, draw }) => (crowd: Crowd) => {
    const newKey = () => {
      const key = { Bucket: bucket, Key: draw(keyName(inject('target').brokenKeys)) }
      sources.keys.push(key)
      return key
    }
    return sources.share(`sources of ${crowd}`, () => storeSources(fixtureClient, crowd, newKey))
  })
  /** One request of each of two operations to a key, ready to be sent at the same time. */
  .extend(
    'contenders',
    ({ s3, sourcesOf, startUpload, draw }) =>
      <One extends Contending, Other extends Contending>(one: One, other: Other, key: Address) =>
        prepareContenders([one, other], key, { s3, sourcesOf, startUpload, draw }),
  )
  /** Remembers what a key holds now, for `toBeUntouched`. */
  .extend(
    'remember',
    ({ fixtureClient, made }) =>
      (address: Address): Promise<KeyState> =>
        setUp('looking at a key', async () => made(await remember(fixtureClient, address), address)),
  )
  /** Creates a further bucket, of this test's own. */
  .extend('createBucket', ({ newBucket, clients }, { onCleanup }) => {
    const made: string[] = []
    // One that cannot be removed now is tried again, and named, when the run ends: it says nothing of the test.
    onCleanup(async () => {
      await Promise.allSettled(storeIsGone() ? [] : made.map((bucket) => removeBucket(clients.fixture, bucket)))
    })
    return async (options?: BucketOptions) => {
      const bucket = await newBucket(options)
      made.push(bucket)
      return bucket
    }
  })
  /** A bucket of this test's own whose objects everybody may get, and nobody but its owner may list. */
  .extend('publicBucket', ({ fixtureClient, clients, createBucket }) =>
    setUp('making a bucket public', async () => {
      need(inject('target').lacks, 'public-access')
      const bucket = await createBucket()
      await letEverybodyRead(fixtureClient, bucket, clients.nobody)
      return bucket
    }),
  )
  /** A bucket of this test's own as a static website that everybody may read. */
  .extend('website', ({ fixtureClient, createBucket, exchanges }) =>
    setUp('making a website', () => makeWebsite(fixtureClient, createBucket, inject('target'), exchanges)),
  )
  .extend<Presigned & Guest & Directory & AnyKey>({ ...presigned, ...guest, ...directory, ...anyKey })
