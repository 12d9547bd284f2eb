import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('DeleteObject with If-Match fails with 404 when the key has no object', docs('conditional-deletes'), () => {
  test(
    'DeleteObject with If-Match fails with 404 when the key does not exist',
    evidence(facts.X05),
    async ({ s3, key }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...key, IfMatch: anotherETag }))

      await expect(remove).toFailWith(404, 'NoSuchKey')
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'DeleteObject with If-Match fails with 404 after the object is deleted',
    evidence(facts.X05),
    async ({ s3, object, snapshot }) => {
      await s3.send(new DeleteObjectCommand(object.address))
      const deleted = await snapshot(object.address)

      const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: object.ETag }))

      await expect(remove).toFailWith(404, 'NoSuchKey')
      await expect(deleted).toBeUnchanged()
    },
  )

  test(
    'DeleteObject without a condition returns 204 when the key does not exist',
    evidence(facts.X15),
    async ({ s3, key }) => {
      const remove = s3.send(new DeleteObjectCommand(key))

      await expect(remove).toReturnStatus(204)
      await expect(key).toHaveNoObject()
    },
  )
})
