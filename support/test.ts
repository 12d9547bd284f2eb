import { createHash } from 'node:crypto'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Faker } from '@faker-js/faker'
import { faker } from '@faker-js/faker/locale/en'
import { test as base, inject } from 'vitest'
import { storeIsGone } from './exchange/alive'
import { record, type Sender } from './exchange/record'
import { openClients, withHeaders } from './fixtures/clients'
import { content, keyName } from './fixtures/content'
import { type Directory, directory } from './fixtures/directory'
import { type Guest, guest } from './fixtures/guest'
import {
  type Address,
  age,
  type KeyState,
  keepsNoVersions,
  observable,
  remember,
  type StoredObject,
  store,
} from './fixtures/objects'
import { type Presigned, presigned } from './fixtures/presigned'
import { need, setUp } from './fixtures/set-up'
import { madeFor } from './fixtures/subjects'
import { createUpload, initiatedAt, startUpload, uploadObject } from './fixtures/uploads'
import { makeWebsite } from './fixtures/website'
import './judge/meta'
import { createBucket, letEverybodyRead, removeBucket } from './targets/buckets'
import { connect, UNSIGNED } from './targets/target'

export { describe } from 'vitest'
export { anotherETag, oneDayAfter, oneMinuteBefore, oneSecondAfter } from './fixtures/values'
export { expect } from './matchers/expect'
export { answering, evidence, guide, reads } from './options'

/**
 * Vitest's `test` with what the specs need. The tests of a worker share two buckets, and every test has keys of its own
 * in them; they are removed at the end of the run. A bucket that a test makes for itself is removed after the test.
 */
export const test = base
  .extend('clients', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const clients = openClients(inject('target'))
    onCleanup(() => clients.spec.destroy())
    return clients
  })
  .extend('newBucket', { scope: 'worker' }, ({ clients }) => {
    const { runId, lacks } = inject('target')
    return (options?: { versioning: boolean }) =>
      setUp('creating a bucket', async () => {
        // Who looks at a key that keeps versions lists them.
        if (options?.versioning) need(lacks, 'versioning', 'list-versions')
        const bucket = await createBucket(record(clients.fixture, 'fixture', []), runId, options)
        return (lacks.versioning ?? lacks['list-versions']) ? keepsNoVersions(bucket) : bucket
      })
  })
  /** What the tests of a worker share. Vitest would remember a fixture that failed; here the next test tries anew. */
  .extend('shared', { scope: 'worker' }, () => {
    const made = new Map<string, Promise<unknown>>()
    return async <T>(name: string, make: () => Promise<T>): Promise<T> => {
      // Those that have waited for another test's attempt in vain make one of their own.
      for (let there = made.get(name); there; there = made.get(name)) {
        const found = await there.then(
          (value) => ({ value: value as T }),
          () => undefined,
        )
        if (found) return found.value
      }
      const own = make()
      made.set(name, own)
      own.catch(() => made.delete(name))
      return own
    }
  })
  /** A bucket without versioning. */
  .extend('bucket', ({ shared, newBucket }) => shared('bucket', async () => keepsNoVersions(await newBucket())))
  /** A bucket that keeps versions. */
  .extend('versionedBucket', ({ shared, newBucket }) =>
    shared('versioned bucket', () => newBucket({ versioning: true })),
  )
  // Automatic, so that it is a second old by the time that a test wants it to be.
  .extend('stored', { auto: true }, ({ shared, clients, bucket }) =>
    shared('object', () => {
      faker.seed(inject('seed'))
      const key = observable(clients.matcher, { Bucket: bucket, Key: keyName(faker) })
      return setUp('storing an object', () => store(record(clients.fixture, 'fixture', []), key, content(faker)))
    }),
  )
  /** All that a test has sent and got so far. */
  .extend('exchanges', ({ task }) => {
    if (!task.meta.exchange) throw new Error('A test is recorded by the runner, support/judge/runner.ts.')
    return task.meta.exchange
  })
  /** The worker's client of a sender; its requests are recorded with the test. */
  .extend(
    'clientFor',
    ({ clients, exchanges }) =>
      (by: Sender): S3Client =>
        record(clients[by], by, exchanges),
  )
  /** The client that a spec sends its requests with: plain `@aws-sdk/client-s3`, one attempt for each request. */
  .extend('s3', ({ clientFor }) => clientFor('spec'))
  /** A client that adds headers the SDK does not know to every request. */
  .extend(
    's3With',
    ({ clientFor }) =>
      (headers: Record<string, string>) =>
        withHeaders(clientFor('spec'), headers),
  )
  /** A client that signs nothing: nobody in particular, who may do nothing that is not public. */
  .extend('anonymous', ({ clients, exchanges }) => {
    const { requestHandler } = clients.spec.config
    const client = connect(inject('target'), { requestHandler, ...UNSIGNED })
    return record(client, 'spec', exchanges)
  })
  /** The headers of the spec's last request, as they went out: those that are recorded, the conditional ones among them. */
  .extend(
    'sent',
    ({ exchanges }) =>
      () =>
        exchanges.findLast(({ by }) => by === 'spec')?.request.headers,
  )
  .extend('fixtureClient', ({ clientFor }) => clientFor('fixture'))
  .extend('matcherClient', ({ clientFor }) => clientFor('matcher'))
  /**
   * Draws a name or content, the same for the same test and `FAKER_SEED`. Seeded for every draw, since tests that run
   * at the same time draw from one faker: another one takes longer to make than a request.
   */
  .extend('draw', ({ task }) => {
    const test = createHash('sha256').update(task.fullTestName).digest().readUInt32BE()
    // A test that is run again has other keys: the first attempt may have written to its own.
    const { retryCount = 0, repeatCount = 0 } = task.result ?? {}
    const attempt = retryCount + 1_000 * repeatCount
    let draws = 0
    return <T>(from: (faker: Faker) => T): T => {
      faker.seed([inject('seed'), test, attempt, draws++])
      return from(faker)
    }
  })
  /** Remembers what a fixture makes for the test, so that the runner can look at it. */
  .extend('made', ({ task, exchanges }) => <T extends object>(subject: T, address: Address): T => {
    madeFor(task, exchanges, subject, address)
    return subject
  })
  /** Where nothing was ever stored: the address alone, for a fixture to put something there. */
  .extend(
    'place',
    ({ matcherClient, draw }) =>
      (Bucket: string): Address =>
        observable(matcherClient, { Bucket, Key: draw(keyName) }),
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
  .extend(
    'startUpload',
    ({ fixtureClient, matcherClient, made }) =>
      (to: Address, body: string) =>
        setUp('starting an upload', async () => made(await startUpload(fixtureClient, matcherClient, to, body), to)),
  )
  /** An upload that was initiated a second ago or earlier, by the store's own clock. */
  .extend('agedUpload', ({ fixtureClient, upload, ownObject }) =>
    setUp('waiting until an upload is a second old', async () => {
      await age(fixtureClient, ownObject)
      return { ...upload, Initiated: await initiatedAt(fixtureClient, upload) }
    }),
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
    return async (options?: { versioning: boolean }) => {
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
  .extend<Presigned & Guest & Directory>({ ...presigned, ...guest, ...directory })
