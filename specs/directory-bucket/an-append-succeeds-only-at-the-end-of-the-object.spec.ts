import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('directory-buckets-objects-append', { needs: ['directory-bucket'] })

describe('An append succeeds only at the end of the object', options, () => {
  test(
    "PutObject with a write offset equal to the object's size succeeds and returns a new ETag",
    evidence(facts.E11),
    async ({ s3, directoryObject }) => {
      const { address, body, ETag: oldETag } = directoryObject

      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'more', WriteOffsetBytes: body.length }))

      expect(ETag).not.toBe(oldETag)
      await expect(directoryObject).toHaveBody(`${body}more`)
    },
  )

  test(
    'PutObject with a write offset one byte past the end of the object fails with 400 InvalidWriteOffset',
    evidence(facts.E12),
    async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'more', WriteOffsetBytes: body.length + 1 }))

      await expect(write).toFailWith(400, 'InvalidWriteOffset')
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'PutObject with write offset 0 succeeds when the key does not exist',
    evidence(facts.E13),
    async ({ s3, directoryKey }) => {
      await s3.send(new PutObjectCommand({ ...directoryKey, Body: 'first', WriteOffsetBytes: 0 }))

      await expect(directoryKey).toHaveBody('first')
    },
  )

  test(
    'PutObject with write offset 1 fails with 404 NoSuchKey when the key does not exist',
    evidence(facts.E21),
    async ({ s3, directoryKey }) => {
      const write = s3.send(new PutObjectCommand({ ...directoryKey, Body: 'first', WriteOffsetBytes: 1 }))

      await expect(write).toFailWith(404, 'NoSuchKey')
      await expect(directoryKey).toHaveNoObject()
    },
  )
})
