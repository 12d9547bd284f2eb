import { CompleteMultipartUploadCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'The specified key does not exist.'
const options = docs('conditional-writes')

describe('CompleteMultipartUpload with If-Match fails with 404 when the key has no object', options, () => {
  test(
    'CompleteMultipartUpload with If-Match fails with 404 when the key does not exist',
    evidence(facts.M15),
    async ({ s3, key, startUpload }) => {
      const upload = await startUpload(key, 'first')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: anotherETag }))

      await expect(complete).toFailWith(404, 'NoSuchKey')
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'CompleteMultipartUpload with If-Match fails with 404 when the object is deleted during the upload',
    evidence(facts.M13, facts.M28),
    async ({ s3, object, startUpload, snapshot }) => {
      const { address, ETag } = object
      const upload = await startUpload(address, 'second')
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await snapshot(address)

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

      await expect(complete).toFailWith(404, 'NoSuchKey', { Message, Key: address.Key })
      await expect(deleted).toBeUnchanged()
    },
  )
})
