import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3'
import { concurrentWriters, describe, docs, expect, facts, test } from '../../support/test/race'

const SENTENCE = 'Exactly one of several concurrent conditional CompleteMultipartUpload requests succeeds'
const options = docs('conditional-writes', { promise: 'complete an upload' })

describe.sequential.for(concurrentWriters)(SENTENCE, options, ({ count, size, bodies, inRounds }) => {
  test(
    `Exactly one of ${count} concurrent CompleteMultipartUpload requests with If-None-Match: * succeeds (${size} objects)`,
    inRounds(facts.P35, facts.M01, facts.M29),
    async ({ s3, key, startUpload }) => {
      const uploads = await Promise.all(bodies.map((body) => startUpload(key, body)))
      const writes = uploads.map((upload) =>
        s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' })),
      )

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(key).toHaveBodyOfWinner(writes, bodies)
    },
  )

  test(
    `Exactly one of ${count} concurrent CompleteMultipartUpload requests with If-Match succeeds (${size} objects)`,
    inRounds(facts.M24, facts.M07),
    async ({ s3, object, startUpload }) => {
      const { address, ETag } = object
      const uploads = await Promise.all(bodies.map((body) => startUpload(address, body)))
      const writes = uploads.map((upload) => s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(object).toHaveBodyOfWinner(writes, bodies)
    },
  )

  test(
    `Exactly one of ${count} concurrent CompleteMultipartUpload requests with If-None-Match: * adds a version (${size} objects)`,
    inRounds(facts.P35, facts.M01, facts.M29),
    async ({ s3, versionedKey, startUpload }) => {
      const uploads = await Promise.all(bodies.map((body) => startUpload(versionedKey, body)))
      const writes = uploads.map((upload) =>
        s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' })),
      )

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedKey).toHaveBodyOfWinner(writes, bodies)
      await expect(versionedKey).toHaveGainedOneVersion()
    },
  )

  test(
    `Exactly one of ${count} concurrent CompleteMultipartUpload requests with If-Match adds a version (${size} objects)`,
    inRounds(facts.M24, facts.M07),
    async ({ s3, versionedObject, startUpload }) => {
      const { address, ETag } = versionedObject
      const uploads = await Promise.all(bodies.map((body) => startUpload(address, body)))
      const writes = uploads.map((upload) => s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedObject).toHaveBodyOfWinner(writes, bodies)
      await expect(versionedObject).toHaveGainedOneVersion()
    },
  )
})
