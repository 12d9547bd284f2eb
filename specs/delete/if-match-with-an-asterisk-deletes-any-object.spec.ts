import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('DeleteObject with If-Match: * deletes any object', docs('conditional-deletes'), () => {
  test('DeleteObject with If-Match: * returns 204 when the key exists', evidence(facts.X04), async ({ s3, object }) => {
    const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: '*' }))

    await expect(remove).toReturnStatus(204)
    await expect(object).toHaveNoObject()
  })

  test(
    'DeleteObject with If-Match: * creates a delete marker in a versioned bucket',
    evidence(facts.X04, facts.X10),
    async ({ s3, versionedObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...versionedObject.address, IfMatch: '*' }))

      await expect(remove).toReturnStatus(204)
      await expect(remove).toHaveOutput({ DeleteMarker: true })
      await expect(versionedObject).toHaveVersions(1, 1)
    },
  )

  test(
    'DeleteObject with If-Match: * fails with 404 when the key does not exist',
    evidence(facts.X06),
    async ({ s3, key }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...key, IfMatch: '*' }))

      await expect(remove).toFailWith(404, 'NoSuchKey')
      await expect(key).toHaveNoObject()
    },
  )
})
