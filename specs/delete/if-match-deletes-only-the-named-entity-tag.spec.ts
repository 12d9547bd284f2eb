import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'If-Match deletes an object only while it has the named entity tag',
  docs('conditional-deletes', { promise: 'delete' }),
  () => {
    test('deletes for its entity tag', evidence(facts.X01), async ({ s3, object }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: object.ETag }))

      await expect(remove).toReturnStatus(204)
      await expect(object).toHaveNoObject()
    })

    test('deletes a multipart object for its entity tag', evidence(facts.X01), async ({ s3, multipartObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...multipartObject.address, IfMatch: multipartObject.ETag }))

      await expect(remove).toReturnStatus(204)
      await expect(multipartObject).toHaveNoObject()
    })

    test('is refused for another entity tag', evidence(facts.X03), async ({ s3, object }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: anotherETag }))

      await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    })

    test('is refused once the object was overwritten', evidence(facts.X03), async ({ s3, object, snapshot }) => {
      await s3.send(new PutObjectCommand({ ...object.address, Body: 'overwritten' }))
      const overwritten = await snapshot(object.address)

      const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: object.ETag }))

      await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(overwritten).toBeUnchanged()
    })
  },
)
