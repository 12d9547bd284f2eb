import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import {
  type Address,
  describe,
  docs,
  evidence,
  expect,
  facts,
  rounds,
  runConcurrently,
  test,
} from '../../support/test'

interface Cached {
  ETag?: string
  body?: string
}

/** Reads an object, or takes it from the cache if the object has not changed. The SDK throws the 304 as an error. */
async function read(s3: S3Client, key: Address, cached?: Cached): Promise<Cached> {
  try {
    const { ETag, Body } = await s3.send(new GetObjectCommand({ ...key, IfNoneMatch: cached?.ETag }))
    return { ETag, body: await Body?.transformToString() }
  } catch (error) {
    const is304 = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304
    if (is304 && cached) return cached
    throw error
  }
}

describe('A cache is revalidated by a 304, which is known by its status', docs('conditional-reads'), () => {
  test('what has not changed comes from the cache', evidence(facts.R06, facts.S03), async ({ s3, sharedObject }) => {
    const cached = await read(s3, sharedObject.address)

    const again = await read(s3, sharedObject.address, cached)

    expect(again === cached).toComeTo(true)
    expect(again).toComeTo({ ETag: sharedObject.ETag, body: sharedObject.body })
  })

  test('what has changed is read anew', evidence(facts.R08), async ({ s3, object }) => {
    const cached = await read(s3, object.address)
    await s3.send(new PutObjectCommand({ ...object.address, Body: 'second' }))

    const { body } = await read(s3, object.address, cached)

    expect(body).toComeTo('second')
  })

  test('ten callers get one of the two, and whole', { ...evidence(facts.R08), ...rounds(10) }, async ({
    s3,
    object,
  }) => {
    const cached = await read(s3, object.address)
    const reads = runConcurrently(10, () => read(s3, object.address, cached))
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second' }))

    const [found] = await Promise.all([reads, write])

    const bodies = found.map(({ body }) => body)
    expect(bodies.filter((body) => body !== object.body && body !== 'second')).toComeTo([])
    expect((await read(s3, object.address, cached)).body).toComeTo('second')
  })

  test(
    'by the name of the exception nothing is ever taken from it',
    evidence(facts.R06, facts.S01),
    async ({ s3, sharedObject }) => {
      const taken = await s3
        .send(new GetObjectCommand({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))
        .catch((error) => {
          return error.name === 'NotModified' || error.name === '304' ? 'from the cache' : 'thrown'
        })

      expect(taken).toComeTo('thrown')
    },
  )
})
