import { createHash } from 'node:crypto'
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Faker } from '@faker-js/faker'
import { faker } from '@faker-js/faker/locale/en'
import { test as base, expect as baseExpect, inject, type SuiteOptions, type TestOptions } from 'vitest'
import type { FactId } from './evidence/catalogue'
import { isAlive, storeIsGone } from './exchange/alive'
import { record, type Sender } from './exchange/record'
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
  uploadObject,
} from './fixtures/objects'
import { setUp } from './fixtures/set-up'
import { makeWebsite } from './fixtures/website'
import type { Row } from './judge/meta'
import { isNoAnswer } from './judge/verdict'
import { toAnswerWith } from './matchers/answer-with'
import { matchers } from './matchers/matchers'
import type { Capability } from './stores/store'
import { createBucket, letEverybodyRead, removeBucket } from './targets/buckets'
import { connect } from './targets/target'

export { describe } from 'vitest'
export { anotherETag, oneDayAfter, oneMinuteBefore, oneSecondAfter } from './fixtures/values'

baseExpect.extend({ ...matchers, toAnswerWith })
export const expect = baseExpect

/** Options of a test: the facts of the catalogue (`support/evidence`) that it rests on. */
export function evidence(...ids: FactId[]): TestOptions {
  return { meta: { evidence: ids } }
}

/**
 * Options of a test that is a row of a table: what is asked, what Amazon S3 answers to it in the words of `toBeAnswered`,
 * and the facts that it rests on. The title says what is asked alone; programs read the rest here.
 */
export function answering(answer: string, row: Row, ...ids: FactId[]): TestOptions {
  return { meta: { evidence: ids, answer, row } }
}

/**
 * The two reads, for `test.for(reads)('%s answers …', …)`: what one answers, the other one answers, too. They are named
 * by `toString`, since Vitest puts a `$name` into quotes.
 */
export const reads = [
  { Read: GetObjectCommand, toString: () => 'GetObject' },
  { Read: HeadObjectCommand, toString: () => 'HeadObject' },
] as const

/**
 * Options of a `describe`: where AWS describes the behaviour, and what it needs that not every store has. Its tests run
 * at the same time: none knows of another, and some wait until a second has passed.
 * @param page of the Amazon S3 user guide, `conditional-writes`
 */
export function guide(page: string, { needs = [] as Capability[] } = {}): SuiteOptions {
  return { meta: { docs: page, needs }, concurrent: true }
}

/**
 * Vitest's `test` with what the specs need. The tests of a worker share two buckets, and every test has keys of its own
 * in them; they are removed at the end of the run. A bucket that a test makes for itself is removed after the test.
 */
export const test = base
  .extend('clients', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const spec = connect(inject('target'))
    const { requestHandler, credentials } = spec.config
    // A fixture or matcher wants to see what is there, even where a store gives wrong checksums for it.
    const others = connect(inject('target'), {
      requestHandler,
      credentials,
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
    onCleanup(() => spec.destroy())
    return { spec, fixture: others, matcher: others }
  })
  .extend('newBucket', { scope: 'worker' }, ({ clients }) => {
    const { runId } = inject('target')
    return (options?: { versioning: boolean }) =>
      setUp('creating a bucket', () => createBucket(clients.fixture, runId, options))
  })
  /** A bucket without versioning. */
  .extend('bucket', { scope: 'worker' }, ({ newBucket }) => newBucket())
  /** A bucket that keeps versions. */
  .extend('versionedBucket', { scope: 'worker' }, ({ newBucket }) => newBucket({ versioning: true }))
  // Automatic, so that it is a second old by the time that a test wants it to be.
  .extend('stored', { scope: 'worker', auto: true }, ({ clients, bucket }) => {
    faker.seed(inject('seed'))
    const key = observable(clients.matcher, { Bucket: bucket, Key: keyName(faker) })
    return setUp('storing an object', () => store(clients.fixture, key, content(faker)))
  })
  /** The worker's client of a sender; its requests are recorded with the test. */
  .extend(
    'clientFor',
    ({ clients, task }) =>
      (by: Sender): S3Client =>
        record(clients[by], by, task.meta.exchange ?? []),
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
  .extend('anonymous', ({ clients, task }) => {
    const { requestHandler } = clients.spec.config
    const client = connect(inject('target'), { requestHandler, signer: { sign: async (request) => request } })
    return record(client, 'spec', task.meta.exchange ?? [])
  })
  /** The headers of the spec's last request, as they went out: those that are recorded, the conditional ones among them. */
  .extend(
    'sent',
    ({ task }) =>
      () =>
        task.meta.exchange?.findLast(({ by }) => by === 'spec')?.request.headers,
  )
  .extend('fixtureClient', ({ clientFor }) => clientFor('fixture'))
  .extend('matcherClient', ({ clientFor }) => clientFor('matcher'))
  /**
   * Draws a name or content, the same for the same test and `FAKER_SEED`. Seeded for every draw, since tests that run
   * at the same time draw from one faker: another one takes longer to make than a request.
   */
  .extend('draw', ({ task }) => {
    const test = createHash('sha256').update(task.fullTestName).digest().readUInt32BE()
    let draws = 0
    return <T>(from: (faker: Faker) => T): T => {
      faker.seed([inject('seed'), test, draws++])
      return from(faker)
    }
  })
  /** Where nothing was ever stored, in a bucket of the spec's choice. */
  .extend(
    'keyIn',
    ({ matcherClient, draw }) =>
      (Bucket: string): Address =>
        observable(matcherClient, { Bucket, Key: draw(keyName) }),
  )
  /** Where nothing was ever stored, in `bucket`. */
  .extend('key', ({ keyIn, bucket }) => keyIn(bucket))
  /** Where nothing was ever stored, in `versionedBucket`. */
  .extend('versionedKey', ({ keyIn, versionedBucket }) => keyIn(versionedBucket))
  /** Stores an object in a bucket. */
  .extend(
    'storeIn',
    ({ fixtureClient, keyIn, draw }) =>
      (bucket: string): Promise<StoredObject> =>
        setUp('storing an object', () => store(fixtureClient, keyIn(bucket), draw(content))),
  )
  /**
   * An object in `bucket` that many tests share, with its bytes, ETag, Last-Modified and address: for reads, and as the
   * source of copies, only.
   */
  .extend('object', ({ stored, task }) => {
    task.meta.shared = stored.address.Key
    return stored
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
  .extend('multipartObject', ({ fixtureClient, keyIn, bucket, draw }) =>
    setUp('uploading an object', () => uploadObject(fixtureClient, keyIn(bucket), draw(content))),
  )
  /** A multipart upload to a free key of `bucket`, without parts. */
  .extend('upload', ({ fixtureClient, matcherClient, key }) =>
    setUp('creating a multipart upload', () => createUpload(fixtureClient, matcherClient, key)),
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
    ({ fixtureClient }) =>
      (address: Address): Promise<KeyState> =>
        setUp('looking at a key', () => remember(fixtureClient, address)),
  )
  /** Creates a further bucket, of this test's own. */
  .extend('createBucket', ({ newBucket, clients }, { onCleanup }) => {
    const made: string[] = []
    onCleanup(async () => {
      for (const bucket of storeIsGone() ? [] : made) {
        await removeBucket(clients.fixture, bucket).catch(async (error) => {
          if (!isNoAnswer(error) || (await isAlive(inject('target')))) throw error
        })
      }
    })
    return async (options?: { versioning: boolean }) => {
      const bucket = await newBucket(options)
      made.push(bucket)
      return bucket
    }
  })
  /** A bucket of this test's own whose objects everybody may get, and nobody but its owner may list. */
  .extend('publicBucket', ({ fixtureClient, createBucket }) =>
    setUp('making a bucket public', async () => {
      const bucket = await createBucket()
      await letEverybodyRead(fixtureClient, bucket)
      return bucket
    }),
  )
  /** A bucket of this test's own as a static website that everybody may read. */
  .extend('website', ({ fixtureClient, createBucket, task }) =>
    setUp('making a website', async () =>
      makeWebsite(fixtureClient, await createBucket(), inject('target'), task.meta.exchange ?? []),
    ),
  )

const keyName = ({ system, string }: Faker) => `${system.fileName({ extensionCount: 0 })}-${string.alphanumeric(8)}`

/**
 * Of one length for all objects, so that a store that copies one over another behind a refusal is seen to have other
 * bytes there, and not only to have got into disorder about their number.
 */
const content = ({ string }: Faker) => string.alphanumeric(40)

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
