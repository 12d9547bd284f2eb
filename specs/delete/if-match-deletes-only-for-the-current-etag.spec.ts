import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-deletes', { promise: 'delete' })

describe('DeleteObject with If-Match deletes an object only for its current ETag', options, () => {
  test('DeleteObject with If-Match returns 204 for the current ETag', evidence(facts.X01), async ({ s3, object }) => {
    const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: object.ETag }))

    await expect(remove).toReturnStatus(204)
    await expect(object).toHaveNoObject()
  })

  test(
    'DeleteObject with If-Match returns 204 for the current ETag of a multipart object',
    evidence(facts.X01),
    async ({ s3, multipartObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...multipartObject.address, IfMatch: multipartObject.ETag }))

      await expect(remove).toReturnStatus(204)
      await expect(multipartObject).toHaveNoObject()
    },
  )

  test(
    'DeleteObject with If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.X03),
    async ({ s3, object }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: anotherETag }))

      await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'DeleteObject with If-Match fails with 412 for the old ETag after the object is overwritten',
    evidence(facts.X03),
    async ({ s3, object, snapshot }) => {
      await s3.send(new PutObjectCommand({ ...object.address, Body: 'overwritten' }))
      const overwritten = await snapshot(object.address)

      const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: object.ETag }))

      await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(overwritten).toBeUnchanged()
    },
  )
})
