import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// Without a condition a delete of nothing is a success; with one it is told apart.
describe('If-Match is 404 to a delete where there is no object', docs('conditional-deletes'), () => {
  test('is 404 where nothing was ever stored', evidence(facts.X05), async ({ s3, key }) => {
    const remove = s3.send(new DeleteObjectCommand({ ...key, IfMatch: anotherETag }))

    await expect(remove).toFailWith(404, 'NoSuchKey')
    await expect(key).toHaveNoObject()
  })

  test('is 404 to the second delete of an object', evidence(facts.X05), async ({ s3, object, snapshot }) => {
    await s3.send(new DeleteObjectCommand(object.address))
    const deleted = await snapshot(object.address)

    const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: object.ETag }))

    await expect(remove).toFailWith(404, 'NoSuchKey')
    await expect(deleted).toBeUnchanged()
  })

  test('is 204 without a condition', evidence(facts.X15), async ({ s3, key }) => {
    const remove = s3.send(new DeleteObjectCommand(key))

    await expect(remove).toReturnStatus(204)
    await expect(key).toHaveNoObject()
  })
})
