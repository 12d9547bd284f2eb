import { CompleteMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, largeCrowds, race, test } from '../../support/test'

describe('Also of large bodies, which are under way at the same time, one wins', race('conditional-writes'), () => {
  test.for(largeCrowds)('%s: one PutObject creates', evidence('P22', 'P35'), async ({ bodies }, { s3, key }) => {
    const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...key, Body, IfNoneMatch: '*' })))

    await expect(writes).toHaveOneWinner()
    await expect(writes).toHaveLosersOf412Or409()
    await expect(key).toHoldTheWinner(writes, bodies)
  })

  test.for(largeCrowds)(
    '%s: one PutObject overwrites',
    evidence('P25', 'P36'),
    async ({ bodies }, { s3, ownObject }) => {
      const { address, ETag } = ownObject
      const writes = bodies.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: ETag })))

      await expect(writes).toHaveOneWinner()
      await expect(writes).toHaveLosersOf412Or409()
      await expect(ownObject).toHoldTheWinner(writes, bodies)
    },
  )

  test.for(largeCrowds)(
    '%s: one upload creates',
    evidence('P35', 'M29'),
    async ({ bodies }, { s3, key, startUpload }) => {
      const uploads = await Promise.all(bodies.map((body) => startUpload(key, body)))
      const completions = uploads.map((upload) => {
        return s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))
      })

      await expect(completions).toHaveOneWinner()
      await expect(completions).toHaveLosersOf412Or409()
      await expect(key).toHoldTheWinner(completions, bodies)
    },
  )

  test.for(largeCrowds)(
    '%s: one upload overwrites',
    evidence('M24'),
    async ({ bodies }, { s3, ownObject, startUpload }) => {
      const { address, ETag } = ownObject
      const uploads = await Promise.all(bodies.map((body) => startUpload(address, body)))
      const completions = uploads.map((upload) => {
        return s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))
      })

      await expect(completions).toHaveOneWinner()
      await expect(completions).toHaveLosersOf412Or409()
      await expect(ownObject).toHoldTheWinner(completions, bodies)
    },
  )
})
