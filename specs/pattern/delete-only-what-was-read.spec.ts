import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import {
  type Address,
  describe,
  docs,
  evidence,
  expect,
  facts,
  rounds,
  runConcurrently,
  test,
} from '../../support/test'

/**
 * Deletes an object if it has not changed since it was read. A 404 means that another client or an earlier attempt of
 * this request has deleted it.
 */
async function remove(s3: S3Client, key: Address, IfMatch?: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      await s3.send(new DeleteObjectCommand({ ...key, IfMatch }))
      return 'deleted'
    } catch (error) {
      const { name } = error as Error
      if (name === 'NoSuchKey') return 'gone'
      if (name === 'PreconditionFailed') return 'changed'
      // 409: this request deleted nothing.
      if (name !== 'ConditionalRequestConflict' || attempt === 10) throw error
    }
  }
}

describe(
  'Delete only what was read: with If-Match and its entity tag',
  docs('conditional-deletes', { severity: 'status' }),
  () => {
    test('what is as it was is deleted', evidence(facts.X01), async ({ s3, object }) => {
      const { ETag } = await s3.send(new GetObjectCommand(object.address))

      expect(await remove(s3, object.address, ETag)).toComeTo('deleted')
      await expect(object).toHaveNoObject()
    })

    test('what has changed is kept', evidence(facts.X03), async ({ s3, object }) => {
      await s3.send(new PutObjectCommand({ ...object.address, Body: 'second' }))

      expect(await remove(s3, object.address, object.ETag)).toComeTo('changed')
      await expect(object).toHaveBody('second')
    })

    test('ten callers delete it, and all are content', { ...evidence(facts.X01, facts.X05), ...rounds(10) }, async ({
      s3,
      object,
    }) => {
      const ends = await runConcurrently(10, () => remove(s3, object.address, object.ETag))

      expect(ends.filter((end) => end === 'changed')).toEqual([])
      await expect(object).toHaveNoObject()
    })

    test('is gone through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({ flakyClient, object }) => {
      const s3 = await flakyClient()

      const ends = await runConcurrently(10, () => remove(s3, object.address, object.ETag))

      expect(ends.filter((end) => end === 'changed')).toEqual([])
      await expect(object).toHaveNoObject()
    })

    test('without the condition what was just written is deleted', evidence(facts.S40), async ({ s3, object }) => {
      await s3.send(new GetObjectCommand(object.address))
      await s3.send(new PutObjectCommand({ ...object.address, Body: 'second' }))

      await s3.send(new DeleteObjectCommand(object.address))

      await expect(object).toHaveNoObject()
    })
  },
)
