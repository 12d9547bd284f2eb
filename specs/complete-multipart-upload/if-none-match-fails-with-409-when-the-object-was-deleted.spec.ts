import { CompleteMultipartUploadCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'The conditional request cannot succeed due to a conflicting operation against this resource.'
const options = docs('conditional-writes')

// The completion fails even though the object no longer exists. How S3 responds if the object was both stored and
// deleted after the upload began is an open question.
describe(
  'CompleteMultipartUpload with If-None-Match: * fails with 409 when the object is deleted after the upload begins',
  options,
  () => {
    test(
      'CompleteMultipartUpload with If-None-Match: * fails with 409 on a retry after a 412 when the object has been deleted',
      evidence(facts.M05, facts.M02),
      async ({ s3, object, startUpload, snapshot }) => {
        const { address } = object
        const upload = await startUpload(address, 'second')
        const failed = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))
        await expect(failed).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
        await s3.send(new DeleteObjectCommand(address))
        const deleted = await snapshot(address)

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

        const conflict = { Message, Condition: 'If-None-Match', Key: address.Key }
        await expect(complete).toFailWith(409, 'ConditionalRequestConflict', conflict)
        await expect(deleted).toBeUnchanged()
      },
    )

    test(
      'CompleteMultipartUpload with If-None-Match: * fails with 409 when the object is deleted during the upload',
      evidence(facts.M28),
      async ({ s3, object, startUpload, snapshot }) => {
        const { address } = object
        const upload = await startUpload(address, 'second')
        await s3.send(new DeleteObjectCommand(address))
        const deleted = await snapshot(address)

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

        await expect(complete).toFailWith(409, 'ConditionalRequestConflict', { Condition: 'If-None-Match' })
        await expect(deleted).toBeUnchanged()
      },
    )

    test(
      'CompleteMultipartUpload with If-None-Match: * succeeds when the upload begins after the object is deleted',
      evidence(facts.M01),
      async ({ s3, object, startUpload }) => {
        const { address } = object
        await s3.send(new DeleteObjectCommand(address))
        const upload = await startUpload(address, 'second')

        await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

        await expect(object).toHaveBody('second')
      },
    )
  },
)
