import { CompleteMultipartUploadCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// The key is free again, and the completion is refused all the same. An object that came after the upload began, and
// went again, is an open question.
describe(
  'If-None-Match: * is 409 when the object was deleted since the upload began',
  docs('conditional-writes'),
  () => {
    test('is 409 after a 412', evidence(facts.M05, facts.M02), async ({ s3, object, startUpload, snapshot }) => {
      const { address } = object
      const upload = await startUpload(address, 'second')
      const refused = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))
      await expect(refused).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await snapshot(address)

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      const conflict = {
        Message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
        Condition: 'If-None-Match',
        Key: address.Key,
      }
      await expect(complete).toFailWith(409, 'ConditionalRequestConflict', conflict)
      await expect(deleted).toBeUnchanged()
    })

    test('is 409 at the first attempt', evidence(facts.M28), async ({ s3, object, startUpload, snapshot }) => {
      const { address } = object
      const upload = await startUpload(address, 'second')
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await snapshot(address)

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(complete).toFailWith(409, 'ConditionalRequestConflict', { Condition: 'If-None-Match' })
      await expect(deleted).toBeUnchanged()
    })

    test('creates it when the upload began later', evidence(facts.M01), async ({ s3, object, startUpload }) => {
      const { address } = object
      await s3.send(new DeleteObjectCommand(address))
      const upload = await startUpload(address, 'second')

      await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(object).toHaveBody('second')
    })
  },
)
