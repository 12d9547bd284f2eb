import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { concurrentWriters, describe, docs, expect, facts, test } from '../../support/test/race'

const SENTENCE = 'Exactly one of several concurrent conditional CopyObject requests succeeds'
const options = docs('conditional-writes', { promise: 'destination of a copy' })

describe.sequential.for(concurrentWriters)(SENTENCE, options, (writers) => {
  const { count, size, bodies, inRounds } = writers

  test(
    `Exactly one of ${count} concurrent CopyObject requests with If-None-Match: * succeeds (${size} objects)`,
    inRounds(facts.D01, facts.D02, facts.D13),
    async ({ s3, key, sourcesOf }) => {
      const sources = await sourcesOf(writers)
      const copies = sources.map((source) => s3.send(new CopyObjectCommand({ ...key, ...source, IfNoneMatch: '*' })))

      await expect(copies).toHaveOneWinner()
      await expect(copies).toHaveLosersOf412Or409()
      await expect(key).toHaveBodyOfWinner(copies, bodies)
    },
  )

  test(
    `Exactly one of ${count} concurrent CopyObject requests with If-Match succeeds (${size} objects)`,
    inRounds(facts.D06, facts.D07, facts.D13),
    async ({ s3, object, sourcesOf }) => {
      const { address, ETag } = object
      const sources = await sourcesOf(writers)
      const copies = sources.map((source) => s3.send(new CopyObjectCommand({ ...address, ...source, IfMatch: ETag })))

      await expect(copies).toHaveOneWinner()
      await expect(copies).toHaveLosersOf412Or409()
      await expect(object).toHaveBodyOfWinner(copies, bodies)
    },
  )

  test(
    `Exactly one of ${count} concurrent CopyObject requests with If-None-Match: * adds a version (${size} objects)`,
    inRounds(facts.D01, facts.D02, facts.D13),
    async ({ s3, versionedKey, sourcesOf }) => {
      const sources = await sourcesOf(writers)
      const copies = sources.map((source) =>
        s3.send(new CopyObjectCommand({ ...versionedKey, ...source, IfNoneMatch: '*' })),
      )

      await expect(copies).toHaveOneWinner()
      await expect(copies).toHaveLosersOf412Or409()
      await expect(versionedKey).toHaveBodyOfWinner(copies, bodies)
      await expect(versionedKey).toHaveGainedOneVersion()
    },
  )

  test(
    `Exactly one of ${count} concurrent CopyObject requests with If-Match adds a version (${size} objects)`,
    inRounds(facts.D06, facts.D07, facts.D13),
    async ({ s3, versionedObject, sourcesOf }) => {
      const { address, ETag } = versionedObject
      const sources = await sourcesOf(writers)
      const copies = sources.map((source) => s3.send(new CopyObjectCommand({ ...address, ...source, IfMatch: ETag })))

      await expect(copies).toHaveOneWinner()
      await expect(copies).toHaveLosersOf412Or409()
      await expect(versionedObject).toHaveBodyOfWinner(copies, bodies)
      await expect(versionedObject).toHaveGainedOneVersion()
    },
  )
})
