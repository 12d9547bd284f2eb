import { CompleteMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const conflict = (Key: string) => ({
  Message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
  Condition: 'If-Match',
  Key,
})

// S3 returns 409 only if the client sends the ETag of the object that was stored after the upload began. It is an open
// question whether the upload stays in progress after the 409.
describe(
  'CompleteMultipartUpload with If-Match fails with 409 for the ETag of an object written after the upload began',
  docs('conditional-writes'),
  () => {
    test(
      'CompleteMultipartUpload with If-Match fails with 409 for the current ETag after an overwrite during the upload',
      evidence(facts.M11),
      async ({ s3, object, startUpload, snapshot }) => {
        const { address } = object
        const upload = await startUpload(address, 'second')
        const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'third' }))
        const third = await snapshot(address)

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

        await expect(complete).toFailWith(409, 'ConditionalRequestConflict', conflict(address.Key))
        await expect(third).toBeUnchanged()
      },
    )

    test(
      'CompleteMultipartUpload with If-Match fails with 412 for the previous ETag after an overwrite during the upload',
      evidence(facts.M10),
      async ({ s3, object, startUpload, snapshot }) => {
        const { address, ETag } = object
        const upload = await startUpload(address, 'second')
        await s3.send(new PutObjectCommand({ ...address, Body: 'third' }))
        const third = await snapshot(address)

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

        await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(third).toBeUnchanged()
        await expect(upload).toHaveParts([1])
      },
    )

    test(
      'CompleteMultipartUpload with If-Match fails with 409 after an overwrite with identical bytes during the upload',
      evidence(facts.M12),
      async ({ s3, object, startUpload, snapshot }) => {
        const { address, body, ETag } = object
        const upload = await startUpload(address, 'second')
        await s3.send(new PutObjectCommand({ ...address, Body: body }))
        const rewritten = await snapshot(address)

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

        await expect(complete).toFailWith(409, 'ConditionalRequestConflict', conflict(address.Key))
        await expect(rewritten).toBeUnchanged()
      },
    )
  },
)
