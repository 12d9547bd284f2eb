import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { type Address, describe, docs, evidence, expect, facts, rounds, tenCallers, test } from '../../support/test'

/** Deletes an object that is as it was read. 404 is a success of somebody: of another caller, or of a retry's first try. */
async function remove(s3: S3Client, key: Address, IfMatch?: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      await s3.send(new DeleteObjectCommand({ ...key, IfMatch }))
      return 'deleted'
    } catch (error) {
      const { name } = error as Error
      if (name === 'NoSuchKey') return 'gone'
      if (name === 'PreconditionFailed') return 'changed'
      // 409: nothing was deleted by this request.
      if (name !== 'ConditionalRequestConflict' || attempt === 10) throw error
    }
  }
}

describe(
  'Delete only what was read: with If-Match and its entity tag',
  docs('conditional-deletes', { severity: 'status' }),
  () => {
    test('what is as it was is deleted', evidence(facts.X01), async ({ s3, ownObject }) => {
      const { ETag } = await s3.send(new GetObjectCommand(ownObject.address))

      expect(await remove(s3, ownObject.address, ETag)).toComeTo('deleted')
      await expect(ownObject).toHoldNothing()
    })

    test('what has changed is kept', evidence(facts.X03), async ({ s3, ownObject }) => {
      await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'second' }))

      expect(await remove(s3, ownObject.address, ownObject.ETag)).toComeTo('changed')
      await expect(ownObject).toHoldObject('second')
    })

    test('ten callers delete it, and all are content', { ...evidence(facts.X01, facts.X05), ...rounds(10) }, async ({
      s3,
      ownObject,
    }) => {
      const ends = await tenCallers(() => remove(s3, ownObject.address, ownObject.ETag))

      expect(ends.filter((end) => end === 'changed')).toEqual([])
      await expect(ownObject).toHoldNothing()
    })

    test('is gone through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({ faulty, ownObject }) => {
      const s3 = await faulty()

      const ends = await tenCallers(() => remove(s3, ownObject.address, ownObject.ETag))

      expect(ends.filter((end) => end === 'changed')).toEqual([])
      await expect(ownObject).toHoldNothing()
    })

    test('without the condition what was just written is deleted', evidence(facts.S40), async ({ s3, ownObject }) => {
      await s3.send(new GetObjectCommand(ownObject.address))
      await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'second' }))

      await s3.send(new DeleteObjectCommand(ownObject.address))

      await expect(ownObject).toHoldNothing()
    })
  },
)
