import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('If-Match: * deletes whatever object there is', docs('conditional-deletes'), () => {
  test('deletes the object that is there', evidence(facts.X04), async ({ s3, object }) => {
    const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: '*' }))

    await expect(remove).toReturnStatus(204)
    await expect(object).toHaveNoObject()
  })

  test(
    'makes a delete marker in a bucket with versioning',
    evidence(facts.X04, facts.X10),
    async ({ s3, versionedObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...versionedObject.address, IfMatch: '*' }))

      await expect(remove).toReturnStatus(204)
      await expect(remove).toHaveOutput({ DeleteMarker: true })
      await expect(versionedObject).toHaveVersions(1, 1)
    },
  )

  test('is 404 where nothing was ever stored', evidence(facts.X06), async ({ s3, key }) => {
    const remove = s3.send(new DeleteObjectCommand({ ...key, IfMatch: '*' }))

    await expect(remove).toFailWith(404, 'NoSuchKey')
    await expect(key).toHaveNoObject()
  })
})
