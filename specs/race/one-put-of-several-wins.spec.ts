import { PutObjectCommand } from '@aws-sdk/client-s3'
import { crowds, describe, evidence, expect, race, test } from '../../support/test'

describe.for(crowds)(
  'Of several PutObject at the same time one wins',
  race('conditional-writes'),
  ({ clients, bodies, inRounds }) => {
    test(`${clients}: one creates`, { ...evidence('P22', 'P35'), ...inRounds }, async ({ s3, key }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...key, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(key).toHoldTheWinner(writes, bodies)
    })

    test(`${clients}: one overwrites`, { ...evidence('P25', 'P36'), ...inRounds }, async ({ s3, ownObject }) => {
      const { address, ETag } = ownObject
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(ownObject).toHoldTheWinner(writes, bodies)
    })

    test(`${clients}: one version is made`, { ...evidence('P22', 'P35'), ...inRounds }, async ({
      s3,
      versionedKey,
    }) => {
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...versionedKey, Body, IfNoneMatch: '*' })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedKey).toHoldTheWinner(writes, bodies)
      await expect(versionedKey).toHaveGainedOneVersion()
    })

    test(`${clients}: one version is added`, { ...evidence('P25', 'P36'), ...inRounds }, async ({
      s3,
      versionedObject,
    }) => {
      const { address, ETag } = versionedObject
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(versionedObject).toHoldTheWinner(writes, bodies)
      await expect(versionedObject).toHaveGainedOneVersion()
    })
  },
)
