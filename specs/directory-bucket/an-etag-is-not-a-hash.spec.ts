import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('conditional-writes', { needs: ['directory-bucket'] })

describe('The ETag of an object in a directory bucket is not a hash', options, () => {
  test(
    'PutObject to a directory bucket returns a different ETag when the same bytes are stored again',
    evidence(facts.E17),
    async ({ s3, directoryObject }) => {
      const { address, body, ETag: first } = directoryObject

      const { ETag: second } = await s3.send(new PutObjectCommand({ ...address, Body: body }))

      expect(second).not.toBe(first)
    },
  )

  test(
    'The ETag of an object in a directory bucket is not the MD5 of its body',
    evidence(facts.E17),
    async ({ directoryObject }) => {
      expect(directoryObject.ETag).not.toBeETagOf(directoryObject.body)
    },
  )

  test(
    'DeleteObject with If-Match fails with 412 in a directory bucket for the old ETag after the same bytes are stored',
    evidence(facts.E17, facts.X24),
    async ({ s3, directoryObject, snapshot }) => {
      const { address, body, ETag } = directoryObject
      await s3.send(new PutObjectCommand({ ...address, Body: body }))
      const rewritten = await snapshot(address)

      const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

      await expect(remove).toFailWith(412)
      await expect(rewritten).toBeUnchanged()
    },
  )
})
