import { createHash } from 'node:crypto'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { en, Faker } from '@faker-js/faker'
import { test as base, expect as baseExpect, inject, type SuiteOptions, type TestOptions } from 'vitest'
import type { FactId } from './evidence/catalogue'
import { record, type Sender } from './exchange/exchange'
import { createBucket, removeBucket } from './fixtures/buckets'
import {
  type Address,
  age,
  createUpload,
  initiatedAt,
  type KeyState,
  observable,
  remember,
  type StoredObject,
  store,
  type Upload,
  uploadObject,
} from './fixtures/objects'
import { setUp } from './fixtures/set-up'
import { makeWebsite } from './fixtures/website'
import { matchers } from './matchers/matchers'
import { isAlive, storeIsGone } from './report/alive'
import './report/meta'
import { isNoAnswer } from './report/verdict'
import type { Capability } from './stores/store'
import { connect } from './targets/target'

export { describe } from 'vitest'
export { anotherETag, oneDayAfter, oneMinuteBefore, oneSecondAfter } from './fixtures/values'

baseExpect.extend(matchers)
export const expect = baseExpect

/** Options of a test: the facts of the catalogue (`support/evidence`) that it rests on. */
export function evidence(...ids: FactId[]): TestOptions {
  return { meta: { evidence: ids } }
}

/**
 * Options of a `describe`: where AWS describes the behaviour, and what it needs that not every store has.
 * @param page of the Amazon S3 user guide, `conditional-writes`
 */
export function guide(page: string, { needs = [] as Capability[] } = {}): SuiteOptions {
  return { meta: { docs: page, needs } }
}

/**
 * Vitest's `test` with what the specs need. Everything that a fixture makes is removed after the test or the file.
 * A bucket is shared by the tests of one file; every test has keys of its own in it.
 */
export const test = base
  .extend('buckets', { scope: 'file' }, async ({}, { onCleanup }) => {
    const client = connect(inject('target'))
    const made: string[] = []
    onCleanup(async () => {
      for (const bucket of storeIsGone() ? [] : made) {
        await removeBucket(client, bucket).catch(async (error) => {
          if (!isNoAnswer(error) || (await isAlive(inject('target')))) throw error
        })
      }
      client.destroy()
    })
    const create = async (options?: { versioning: boolean }) => {
      const bucket = await setUp('creating a bucket', () => createBucket(client, inject('target').runId, options))
      made.push(bucket)
      return bucket
    }
    const shared: { plain?: Promise<string>; versioned?: Promise<string> } = {}
    return {
      create,
      plain: () => (shared.plain ??= create()),
      versioned: () => (shared.versioned ??= create({ versioning: true })),
      client,
    }
  })
  .extend('shared', { scope: 'file' }, (): { object?: Promise<StoredObject> } => ({}))
  /** A client whose requests are recorded with the test, under the name of who sends them. */
  .extend('clientFor', ({ buckets, task }) => {
    const { requestHandler, credentials } = buckets.client.config
    return (by: Sender, config: S3ClientConfig = {}): S3Client =>
      record(
        connect(inject('target'), {
          requestHandler,
          credentials,
          // A fixture or matcher wants to see what is there, even where a store gives wrong checksums for it.
          ...(by !== 'spec' && { responseChecksumValidation: 'WHEN_REQUIRED' }),
          ...config,
        }),
        by,
        task.meta.exchange ?? [],
      )
  })
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
  .extend('anonymous', ({ clientFor }) => clientFor('spec', { signer: { sign: async (request) => request } }))
  /** The conditional headers of the spec's last request, as they went out. */
  .extend(
    'sent',
    ({ task }) =>
      () =>
        task.meta.exchange?.findLast(({ by }) => by === 'spec')?.request.headers,
  )
  .extend('fixtureClient', ({ clientFor }) => clientFor('fixture'))
  .extend('matcherClient', ({ clientFor }) => clientFor('matcher'))
  /** Names and contents, the same for the same test and `FAKER_SEED`. */
  .extend('faker', ({ task }) => {
    const faker = new Faker({ locale: en })
    faker.seed([inject('seed'), createHash('sha256').update(task.fullTestName).digest().readUInt32BE()])
    return faker
  })
  /** A bucket without versioning. */
  .extend('bucket', ({ buckets }) => buckets.plain())
  /** A bucket that keeps versions. */
  .extend('versionedBucket', ({ buckets }) => buckets.versioned())
  /** Where nothing was ever stored, in `bucket`. */
  .extend('key', ({ matcherClient, bucket, faker }): Address => newKey(matcherClient, bucket, faker))
  /** Where nothing was ever stored, in a bucket of the spec's choice. */
  .extend(
    'keyIn',
    ({ matcherClient, faker }) =>
      (bucket: string): Address =>
        newKey(matcherClient, bucket, faker),
  )
  /** Where nothing was ever stored, in `versionedBucket`. */
  .extend(
    'versionedKey',
    ({ matcherClient, versionedBucket, faker }): Address => newKey(matcherClient, versionedBucket, faker),
  )
  /** An object stored in `bucket`, with its bytes, ETag, Last-Modified and address. */
  .extend(
    'object',
    ({ fixtureClient, bucket, matcherClient, faker }): Promise<StoredObject> =>
      setUp('storing an object', () =>
        store(fixtureClient, newKey(matcherClient, bucket, faker), faker.lorem.sentence()),
      ),
  )
  /** An object that the tests of a file share, for reads and as the source of copies only. */
  .extend(
    'sharedObject',
    ({ shared, fixtureClient, bucket, matcherClient, faker }): Promise<StoredObject> =>
      setUp('storing an object', () => {
        shared.object ??= store(fixtureClient, newKey(matcherClient, bucket, faker), faker.lorem.sentence())
        return shared.object
      }),
  )
  /** A further object in `bucket`, for copies to be made to. */
  .extend(
    'destination',
    ({ fixtureClient, bucket, matcherClient, faker }): Promise<StoredObject> =>
      setUp('storing an object', () =>
        store(fixtureClient, newKey(matcherClient, bucket, faker), faker.lorem.sentence()),
      ),
  )
  /** An object that was stored a second ago or earlier, by the store's own clock. */
  .extend(
    'agedObject',
    ({ fixtureClient, object }): Promise<StoredObject> =>
      setUp('waiting until an object is a second old', () => age(fixtureClient, object)),
  )
  /** An object in `bucket` that was uploaded in one part. */
  .extend(
    'multipartObject',
    ({ fixtureClient, matcherClient, bucket, faker }): Promise<StoredObject> =>
      setUp('uploading an object', () =>
        uploadObject(fixtureClient, newKey(matcherClient, bucket, faker), faker.lorem.sentence()),
      ),
  )
  /** A multipart upload to a free key of `bucket`, without parts. */
  .extend(
    'upload',
    ({ fixtureClient, matcherClient, key }): Promise<Upload> =>
      setUp('creating a multipart upload', () => createUpload(fixtureClient, matcherClient, key)),
  )
  /** An upload that was initiated a second ago or earlier, by the store's own clock. */
  .extend(
    'agedUpload',
    ({ fixtureClient, upload, object }): Promise<Upload & { Initiated: Date }> =>
      setUp('waiting until an upload is a second old', async () => {
        await age(fixtureClient, object)
        return { ...upload, Initiated: await initiatedAt(fixtureClient, upload) }
      }),
  )
  /** An object stored in `versionedBucket`: its one version is the current version. */
  .extend(
    'versionedObject',
    ({ fixtureClient, versionedBucket, matcherClient, faker }): Promise<StoredObject> =>
      setUp('storing an object', () =>
        store(fixtureClient, newKey(matcherClient, versionedBucket, faker), faker.lorem.sentence()),
      ),
  )
  /** Remembers what a key holds now, for `toBeUntouched`. */
  .extend(
    'remember',
    ({ fixtureClient }) =>
      (address: Address): Promise<KeyState> =>
        setUp('looking at a key', () => remember(fixtureClient, address)),
  )
  /** `bucket` as a static website that everybody may read. */
  .extend('website', ({ fixtureClient, bucket, task }) =>
    setUp('making a website', () => makeWebsite(fixtureClient, bucket, inject('target'), task.meta.exchange ?? [])),
  )
  /** Creates a further bucket, of this test's own. */
  .extend('createBucket', ({ buckets }) => buckets.create)

function newKey(client: S3Client, Bucket: string, faker: Faker): Address {
  return observable(client, {
    Bucket,
    Key: `${faker.system.fileName({ extensionCount: 0 })}-${faker.string.alphanumeric(8)}`,
  })
}

function withHeaders(client: S3Client, added: Record<string, string>): S3Client {
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: Record<string, string> }).headers, added)
      return next(args)
    },
    { step: 'build', name: 'addHeaders' },
  )
  return client
}
