import { PutObjectCommand } from '@aws-sdk/client-s3'
import { crowds, describe, expect, race, test } from '../../support/test'

const SENTENCE = 'Of several PutObject at the same time one wins'

describe.for(crowds)(
  SENTENCE,
  race('conditional-writes', { promise: 'create once' }),
  ({ clients, bodies, inRounds }) => {
    test(`${clients}: one creates`, inRounds('P22', 'P35'), async ({ s3, key }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...key, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(key).toHoldTheWinner(writes, bodies)
    })

    test(`${clients}: one version is made`, inRounds('P22', 'P35'), async ({ s3, versionedKey }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...versionedKey, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedKey).toHoldTheWinner(writes, bodies)
      await expect(versionedKey).toHaveGainedOneVersion()
    })
  },
)

describe.for(crowds)(
  SENTENCE,
  race('conditional-writes', { promise: 'compare-and-swap' }),
  ({ clients, bodies, inRounds }) => {
    test(`${clients}: one overwrites`, inRounds('P25', 'P36'), async ({ s3, ownObject }) => {
      const { address, ETag } = ownObject
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(ownObject).toHoldTheWinner(writes, bodies)
    })

    test(`${clients}: one version is added`, inRounds('P25', 'P36'), async ({ s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedObject).toHoldTheWinner(writes, bodies)
      await expect(versionedObject).toHaveGainedOneVersion()
    })
  },
)
