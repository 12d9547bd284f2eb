import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3'
import { concurrentWriters, describe, docs, expect, facts, test } from '../../support/test/race'

// Each of the callers has an upload of its own, whose part is there; they complete them at the same time.
describe.sequential.for(concurrentWriters)(
  'Of several CompleteMultipartUpload at the same time one wins',
  docs('conditional-writes', { promise: 'complete an upload' }),
  ({ clients, bodies, inRounds }) => {
    test(`${clients}: one creates`, inRounds(facts.P35, facts.M01, facts.M29), async ({ s3, key, startUpload }) => {
      const uploads = await Promise.all(bodies.map((body) => startUpload(key, body)))
      const writes = uploads.map((one) => s3.send(new CompleteMultipartUploadCommand({ ...one, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(key).toHaveBodyOfWinner(writes, bodies)
    })

    test(`${clients}: one overwrites`, inRounds(facts.M24, facts.M07), async ({ s3, object, startUpload }) => {
      const { address, ETag } = object
      const uploads = await Promise.all(bodies.map((body) => startUpload(address, body)))
      const writes = uploads.map((one) => s3.send(new CompleteMultipartUploadCommand({ ...one, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(object).toHaveBodyOfWinner(writes, bodies)
    })

    test(
      `${clients}: one version is made`,
      inRounds(facts.P35, facts.M01, facts.M29),
      async ({ s3, versionedKey, startUpload }) => {
        const uploads = await Promise.all(bodies.map((body) => startUpload(versionedKey, body)))
        const writes = uploads.map((one) => s3.send(new CompleteMultipartUploadCommand({ ...one, IfNoneMatch: '*' })))

        await expect(writes).toHaveOneWinner()
        await expect(writes).toHaveLosersOf412Or409()
        await expect(versionedKey).toHaveBodyOfWinner(writes, bodies)
        await expect(versionedKey).toHaveGainedOneVersion()
      },
    )

    test(
      `${clients}: one version is added`,
      inRounds(facts.M24, facts.M07),
      async ({ s3, versionedObject, startUpload }) => {
        const { address, ETag } = versionedObject
        const uploads = await Promise.all(bodies.map((body) => startUpload(address, body)))
        const writes = uploads.map((one) => s3.send(new CompleteMultipartUploadCommand({ ...one, IfMatch: ETag })))

        await expect(writes).toHaveOneWinner()
        await expect(writes).toHaveLosersOf412Or409()
        await expect(versionedObject).toHaveBodyOfWinner(writes, bodies)
        await expect(versionedObject).toHaveGainedOneVersion()
      },
    )
  },
)
