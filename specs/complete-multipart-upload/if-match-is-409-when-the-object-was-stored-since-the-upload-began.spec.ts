import { CompleteMultipartUploadCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const Message = 'The conditional request cannot succeed due to a conflicting operation against this resource.'

// With the entity tag from before it is a plain 412: only a caller who knows the new one is told of the conflict.
// What has become of the upload then is an open question.
describe('If-Match is 409 when the object was stored since the upload began', guide('conditional-writes'), () => {
  test('is 409 for its entity tag', evidence('M11'), async ({ s3, ownObject, startUpload, remember }) => {
    const { address } = ownObject
    const upload = await startUpload(address, 'second')
    const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'third' }))
    const third = await remember(address)

    const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

    const conflict = { Message, Condition: 'If-Match', Key: address.Key }
    await expect(complete).toBeRefused(409, 'ConditionalRequestConflict', conflict)
    await expect(third).toBeUntouched()
  })

  test('is 412 for the one before', evidence('M10'), async ({ s3, ownObject, startUpload, remember }) => {
    const { address, ETag } = ownObject
    const upload = await startUpload(address, 'second')
    await s3.send(new PutObjectCommand({ ...address, Body: 'third' }))
    const third = await remember(address)

    const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

    await expect(complete).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(third).toBeUntouched()
    await expect(upload).toHaveParts([1])
  })

  test('is 409 for identical bytes, too', evidence('M12'), async ({ s3, ownObject, startUpload, remember }) => {
    const { address, body, ETag } = ownObject
    const upload = await startUpload(address, 'second')
    await s3.send(new PutObjectCommand({ ...address, Body: body }))
    const again = await remember(address)

    const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

    const conflict = { Message, Condition: 'If-Match', Key: address.Key }
    await expect(complete).toBeRefused(409, 'ConditionalRequestConflict', conflict)
    await expect(again).toBeUntouched()
  })

  test('is 409 after a 404, too', evidence('M14', 'M13'), async ({ s3, ownObject, startUpload, remember }) => {
    const { address, body, ETag } = ownObject
    const upload = await startUpload(address, 'second')
    await s3.send(new DeleteObjectCommand(address))
    const missing = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))
    await expect(missing).toBeRefused(404, 'NoSuchKey', { Key: address.Key })
    await expect(upload).toHaveParts([1])
    await s3.send(new PutObjectCommand({ ...address, Body: body }))
    const again = await remember(address)

    const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

    const conflict = { Message, Condition: 'If-Match', Key: address.Key }
    await expect(complete).toBeRefused(409, 'ConditionalRequestConflict', conflict)
    await expect(again).toBeUntouched()
  })
})
