import { CompleteMultipartUploadCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// It cannot overwrite what is stored then, though: for that it takes a new upload.
describe('A 404 to If-Match leaves the upload in progress, with its parts', docs('conditional-writes'), () => {
  test('keeps its part', evidence(facts.M13, facts.M14), async ({ s3, object, startUpload, snapshot }) => {
    const { address, ETag } = object
    const upload = await startUpload(address, 'second')
    await s3.send(new DeleteObjectCommand(address))
    const deleted = await snapshot(address)

    const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

    await expect(complete).toFailWith(404, 'NoSuchKey', { Key: address.Key })
    await expect(deleted).toBeUnchanged()
    await expect(upload).toHaveParts([1])
  })

  test(
    'is 409 for what is stored then',
    evidence(facts.M14, facts.M13),
    async ({ s3, object, startUpload, snapshot }) => {
      const { address, body, ETag } = object
      const upload = await startUpload(address, 'second')
      await s3.send(new DeleteObjectCommand(address))
      const missing = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))
      await expect(missing).toFailWith(404, 'NoSuchKey', { Key: address.Key })
      await s3.send(new PutObjectCommand({ ...address, Body: body }))
      const again = await snapshot(address)

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

      const conflict = { Condition: 'If-Match', Key: address.Key }
      await expect(complete).toFailWith(409, 'ConditionalRequestConflict', conflict)
      await expect(again).toBeUnchanged()
    },
  )
})
