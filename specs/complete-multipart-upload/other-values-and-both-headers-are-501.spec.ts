import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// Claimed by other implementers, in analogy to PutObject and CopyObject; nobody shows which elements the answer has.
describe(
  'Other values, and both headers at once, are not implemented for a completion',
  docs('conditional-writes'),
  () => {
    test('If-None-Match with an entity tag is 501', evidence(facts.M16), async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: object.ETag }))

      await expect(complete).toFailWith(501, 'NotImplemented')
      await expect(object).toBeUnchanged()
    })

    test('If-Match: * is 501', evidence(facts.M17), async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: '*' }))

      await expect(complete).toFailWith(501, 'NotImplemented')
      await expect(object).toBeUnchanged()
    })

    test('If-Match and If-None-Match together are 501', evidence(facts.M18), async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')

      const complete = s3.send(
        new CompleteMultipartUploadCommand({ ...upload, IfMatch: object.ETag, IfNoneMatch: '*' }),
      )

      await expect(complete).toFailWith(501, 'NotImplemented')
      await expect(object).toBeUnchanged()
    })
  },
)
