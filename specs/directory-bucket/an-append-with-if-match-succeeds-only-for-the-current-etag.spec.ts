import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('directory-buckets-objects-append', { needs: ['directory-bucket'] })

describe('An append with If-Match succeeds only for the current ETag', options, () => {
  test(
    "PutObject with a write offset and If-Match succeeds for the current ETag and returns the object's new ETag",
    evidence(facts.E26),
    async ({ s3, directoryObject }) => {
      const { address, body, ETag } = directoryObject

      const append = { ...address, Body: 'more', WriteOffsetBytes: body.length, IfMatch: ETag }
      const { ETag: IfMatch } = await s3.send(new PutObjectCommand(append))

      await expect(s3.send(new GetObjectCommand({ ...address, IfMatch }))).toHaveOutput({ Body: `${body}more` })
    },
  )

  test(
    'PutObject with a write offset and If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.E14),
    async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const append = { ...address, Body: 'more', WriteOffsetBytes: body.length, IfMatch: anotherETag }

      await expect(s3.send(new PutObjectCommand(append))).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'PutObject with a wrong write offset and If-Match fails with 412, not 400, for an ETag other than the current one',
    evidence(facts.E22),
    async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const append = { ...address, Body: 'more', WriteOffsetBytes: body.length + 1, IfMatch: anotherETag }

      await expect(s3.send(new PutObjectCommand(append))).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'PutObject with a write offset and If-Match fails with 412 when the same request has already succeeded',
    evidence(facts.E22, facts.E26),
    async ({ s3, directoryObject }) => {
      const { address, body, ETag } = directoryObject
      const append = { ...address, Body: 'more', WriteOffsetBytes: body.length, IfMatch: ETag }
      await s3.send(new PutObjectCommand(append))

      await expect(s3.send(new PutObjectCommand(append))).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toHaveBody(`${body}more`)
    },
  )
})
