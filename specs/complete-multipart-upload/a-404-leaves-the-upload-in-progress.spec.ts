import { CompleteMultipartUploadCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'The specified key does not exist.'

// After the 404, this upload cannot be completed with If-Match, even if an object is stored at the key later. Start a
// new upload instead.
describe('A 404 leaves the upload in progress and keeps its parts', docs('conditional-writes'), () => {
  test(
    'CompleteMultipartUpload with If-Match fails with 404 and keeps the parts after the object is deleted',
    evidence(facts.M13, facts.M14, facts.M28),
    async ({ s3, object, startUpload, snapshot }) => {
      const { address, ETag } = object
      const upload = await startUpload(address, 'second')
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await snapshot(address)

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

      await expect(complete).toFailWith(404, 'NoSuchKey', { Message, Key: address.Key })
      await expect(deleted).toBeUnchanged()
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'CompleteMultipartUpload with If-Match fails with 409 on a retry after a 404 when the object has been recreated',
    evidence(facts.M14, facts.M13),
    async ({ s3, object, startUpload, snapshot }) => {
      const { address, body, ETag } = object
      const upload = await startUpload(address, 'second')
      await s3.send(new DeleteObjectCommand(address))
      const notFound = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))
      await expect(notFound).toFailWith(404, 'NoSuchKey', { Key: address.Key })
      await s3.send(new PutObjectCommand({ ...address, Body: body }))
      const recreated = await snapshot(address)

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

      await expect(complete).toFailWith(409, 'ConditionalRequestConflict', { Condition: 'If-Match', Key: address.Key })
      await expect(recreated).toBeUnchanged()
    },
  )
})
