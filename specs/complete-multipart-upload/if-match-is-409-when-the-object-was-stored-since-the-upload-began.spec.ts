import { CompleteMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const conflict = (Key: string) => ({
  Message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
  Condition: 'If-Match',
  Key,
})

// Only a caller who knows the new entity tag meets it. What becomes of the upload then is an open question.
describe('If-Match is 409 when the object was stored since the upload began', docs('conditional-writes'), () => {
  test('is 409 for its entity tag', evidence(facts.M11), async ({ s3, object, startUpload, snapshot }) => {
    const { address } = object
    const upload = await startUpload(address, 'second')
    const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'third' }))
    const third = await snapshot(address)

    const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

    await expect(complete).toFailWith(409, 'ConditionalRequestConflict', conflict(address.Key))
    await expect(third).toBeUnchanged()
  })

  test('is 412 for the one before', evidence(facts.M10), async ({ s3, object, startUpload, snapshot }) => {
    const { address, ETag } = object
    const upload = await startUpload(address, 'second')
    await s3.send(new PutObjectCommand({ ...address, Body: 'third' }))
    const third = await snapshot(address)

    const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

    await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(third).toBeUnchanged()
    await expect(upload).toHaveParts([1])
  })

  test('is 409 for identical bytes, too', evidence(facts.M12), async ({ s3, object, startUpload, snapshot }) => {
    const { address, body, ETag } = object
    const upload = await startUpload(address, 'second')
    await s3.send(new PutObjectCommand({ ...address, Body: body }))
    const again = await snapshot(address)

    const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

    await expect(complete).toFailWith(409, 'ConditionalRequestConflict', conflict(address.Key))
    await expect(again).toBeUnchanged()
  })
})
