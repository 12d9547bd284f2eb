import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// The user guide says 412 for the star; two people saw 404 on Amazon S3 (open question O6). No second marker is made.
describe('A delete marker is 404 to a delete with If-Match', docs('conditional-deletes'), () => {
  test('is 404 to If-Match: *', evidence(facts.X07), async ({ s3, versionedObject, snapshot }) => {
    await s3.send(new DeleteObjectCommand(versionedObject.address))
    const marked = await snapshot(versionedObject.address)

    const remove = s3.send(new DeleteObjectCommand({ ...versionedObject.address, IfMatch: '*' }))

    await expect(remove).toFailWith(404, 'NoSuchKey')
    await expect(marked).toBeUnchanged()
  })

  test('is 404 to the entity tag underneath', evidence(facts.X08), async ({ s3, versionedObject, snapshot }) => {
    await s3.send(new DeleteObjectCommand(versionedObject.address))
    const marked = await snapshot(versionedObject.address)

    const remove = s3.send(new DeleteObjectCommand({ ...versionedObject.address, IfMatch: versionedObject.ETag }))

    await expect(remove).toFailWith(404, 'NoSuchKey')
    await expect(marked).toBeUnchanged()
  })

  test('is 404 where there are only delete markers', evidence(facts.X09), async ({ s3, versionedKey, snapshot }) => {
    await s3.send(new DeleteObjectCommand(versionedKey))
    const marked = await snapshot(versionedKey)

    const remove = s3.send(new DeleteObjectCommand({ ...versionedKey, IfMatch: anotherETag }))

    await expect(remove).toFailWith(404, 'NoSuchKey')
    await expect(marked).toBeUnchanged()
  })
})
