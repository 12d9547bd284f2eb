import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'If-Match deletes an object only while it has the named entity tag',
  docs('conditional-deletes', { promise: 'delete' }),
  () => {
    test('deletes for its entity tag', evidence(facts.X01), async ({ s3, ownObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...ownObject.address, IfMatch: ownObject.ETag }))

      await expect(remove).toBeAnswered('204')
      await expect(ownObject).toHoldNothing()
    })

    test('deletes a multipart object for its entity tag', evidence(facts.X01), async ({ s3, multipartObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...multipartObject.address, IfMatch: multipartObject.ETag }))

      await expect(remove).toBeAnswered('204')
      await expect(multipartObject).toHoldNothing()
    })

    test('is refused for another entity tag', evidence(facts.X03), async ({ s3, ownObject }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...ownObject.address, IfMatch: anotherETag }))

      await expect(remove).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(ownObject).toBeUntouched()
    })

    test('is refused once the object was overwritten', evidence(facts.X03), async ({ s3, ownObject, remember }) => {
      await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'overwritten' }))
      const overwritten = await remember(ownObject.address)

      const remove = s3.send(new DeleteObjectCommand({ ...ownObject.address, IfMatch: ownObject.ETag }))

      await expect(remove).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(overwritten).toBeUntouched()
    })
  },
)
