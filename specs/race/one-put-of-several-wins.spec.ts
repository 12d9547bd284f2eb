import { PutObjectCommand } from '@aws-sdk/client-s3'
import { crowds, describe, docs, expect, facts, test } from '../../support/test'

const SENTENCE = 'Of several PutObject at the same time one wins'

describe.sequential.for(crowds)(
  SENTENCE,
  docs('conditional-writes', { promise: 'create once' }),
  ({ clients, bodies, inRounds }) => {
    test(`${clients}: one creates`, inRounds(facts.P22, facts.P35), async ({ s3, key }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...key, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(key).toHoldTheWinner(writes, bodies)
    })

    test(`${clients}: one version is made`, inRounds(facts.P22, facts.P35), async ({ s3, versionedKey }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...versionedKey, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedKey).toHoldTheWinner(writes, bodies)
      await expect(versionedKey).toHaveGainedOneVersion()
    })
  },
)

describe.sequential.for(crowds)(
  SENTENCE,
  docs('conditional-writes', { promise: 'compare-and-swap' }),
  ({ clients, bodies, inRounds }) => {
    test(`${clients}: one overwrites`, inRounds(facts.P25, facts.P36), async ({ s3, ownObject }) => {
      const { address, ETag } = ownObject
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(ownObject).toHoldTheWinner(writes, bodies)
    })

    test(`${clients}: one version is added`, inRounds(facts.P25, facts.P36), async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedObject).toHoldTheWinner(writes, bodies)
      await expect(versionedObject).toHaveGainedOneVersion()
    })
  },
)
