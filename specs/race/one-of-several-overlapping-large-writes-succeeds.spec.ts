import { CompleteMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, largeConcurrentWriters, rounds, test } from '../../support/test/race'

const SENTENCE = 'Exactly one of several overlapping large conditional writes succeeds'

describe.sequential(SENTENCE, { ...docs('conditional-writes', { promise: 'create once' }), ...rounds(1) }, () => {
  test.for(largeConcurrentWriters)(
    'Exactly one of $count concurrent PutObject requests with If-None-Match: * succeeds (8 MiB objects)',
    evidence(facts.P22, facts.P35),
    async ({ bodies }, { s3, key }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...key, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(key).toHaveBodyOfWinner(writes, bodies)
    },
  )
})

describe.sequential(SENTENCE, { ...docs('conditional-writes', { promise: 'compare-and-swap' }), ...rounds(1) }, () => {
  test.for(largeConcurrentWriters)(
    'Exactly one of $count concurrent PutObject requests with If-Match succeeds (8 MiB objects)',
    evidence(facts.P25, facts.P36),
    async ({ bodies }, { s3, object }) => {
      const { address, ETag } = object
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(object).toHaveBodyOfWinner(writes, bodies)
    },
  )
})

describe.sequential(SENTENCE, {
  ...docs('conditional-writes', { promise: 'complete an upload' }),
  ...rounds(1),
}, () => {
  test.for(largeConcurrentWriters)(
    'Exactly one of $count concurrent CompleteMultipartUpload requests with If-None-Match: * succeeds (8 MiB objects)',
    evidence(facts.P35, facts.M01, facts.M29),
    async ({ bodies }, { s3, key, startUpload }) => {
      const uploads = await Promise.all(bodies.map((body) => startUpload(key, body)))
      const writes = uploads.map((upload) =>
        s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' })),
      )

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(key).toHaveBodyOfWinner(writes, bodies)
    },
  )

  test.for(largeConcurrentWriters)(
    'Exactly one of $count concurrent CompleteMultipartUpload requests with If-Match succeeds (8 MiB objects)',
    evidence(facts.M24, facts.M07),
    async ({ bodies }, { s3, object, startUpload }) => {
      const { address, ETag } = object
      const uploads = await Promise.all(bodies.map((body) => startUpload(address, body)))
      const writes = uploads.map((upload) => s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(object).toHaveBodyOfWinner(writes, bodies)
    },
  )
})
