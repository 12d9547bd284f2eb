import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'An append is written where it says that the object ends',
  docs('directory-buckets-objects-append', { needs: ['directory-bucket'] }),
  () => {
    test('is 200 at the size, and gives a new entity tag', evidence(facts.E11), async ({ s3, directoryObject }) => {
      const { address, body, ETag: was } = directoryObject

      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'more', WriteOffsetBytes: body.length }))

      expect(ETag).not.toBe(was)
      await expect(directoryObject).toHaveBody(`${body}more`)
    })

    test('is 400 one byte behind it', evidence(facts.E12), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'more', WriteOffsetBytes: body.length + 1 }))

      await expect(write).toFailWith(400, 'InvalidWriteOffset')
      await expect(directoryObject).toBeUnchanged()
    })

    test('creates the object at 0', evidence(facts.E13), async ({ s3, directoryKey }) => {
      await s3.send(new PutObjectCommand({ ...directoryKey, Body: 'first', WriteOffsetBytes: 0 }))

      await expect(directoryKey).toHaveBody('first')
    })

    test('is 404 anywhere else where there is no object', evidence(facts.E21), async ({ s3, directoryKey }) => {
      const write = s3.send(new PutObjectCommand({ ...directoryKey, Body: 'first', WriteOffsetBytes: 1 }))

      await expect(write).toFailWith(404, 'NoSuchKey')
      await expect(directoryKey).toHaveNoObject()
    })
  },
)
