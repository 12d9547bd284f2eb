import { PutObjectCommand } from '@aws-sdk/client-s3'
import { concurrentWriters, describe, docs, expect, facts, test } from '../../support/test/race'

const SENTENCE = 'Exactly one of several concurrent conditional PutObject requests succeeds'
const createOnce = docs('conditional-writes', { promise: 'create once' })
const compareAndSwap = docs('conditional-writes', { promise: 'compare-and-swap' })

describe.sequential.for(concurrentWriters)(SENTENCE, createOnce, ({ count, size, bodies, inRounds }) => {
  test(
    `Exactly one of ${count} concurrent PutObject requests with If-None-Match: * succeeds (${size} objects)`,
    inRounds(facts.P22, facts.P35),
    async ({ s3, key }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...key, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(key).toHaveBodyOfWinner(writes, bodies)
    },
  )

  test(
    `Exactly one of ${count} concurrent PutObject requests with If-None-Match: * adds a version (${size} objects)`,
    inRounds(facts.P22, facts.P35),
    async ({ s3, versionedKey }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...versionedKey, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedKey).toHaveBodyOfWinner(writes, bodies)
      await expect(versionedKey).toHaveGainedOneVersion()
    },
  )
})

describe.sequential.for(concurrentWriters)(SENTENCE, compareAndSwap, ({ count, size, bodies, inRounds }) => {
  test(
    `Exactly one of ${count} concurrent PutObject requests with If-Match succeeds (${size} objects)`,
    inRounds(facts.P25, facts.P36),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(object).toHaveBodyOfWinner(writes, bodies)
    },
  )

  test(
    `Exactly one of ${count} concurrent PutObject requests with If-Match adds a version (${size} objects)`,
    inRounds(facts.P25, facts.P36),
    async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedObject).toHaveBodyOfWinner(writes, bodies)
      await expect(versionedObject).toHaveGainedOneVersion()
    },
  )
})
