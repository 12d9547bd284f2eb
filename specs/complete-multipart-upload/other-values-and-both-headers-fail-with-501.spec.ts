import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-writes')

// No source shows Amazon S3 returning 501 for CompleteMultipartUpload. The authors of other implementations
// inferred this 501 from Amazon S3's responses to PutObject and CopyObject.
describe(
  'CompleteMultipartUpload with an unsupported condition value or with both condition headers fails with 501',
  options,
  () => {
    test(
      'CompleteMultipartUpload with an ETag in If-None-Match fails with 501',
      evidence(facts.M16),
      async ({ s3, object, startUpload }) => {
        const upload = await startUpload(object.address, 'second')

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: object.ETag }))

        await expect(complete).toFailWith(501, 'NotImplemented')
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'CompleteMultipartUpload with If-Match: * fails with 501',
      evidence(facts.M17),
      async ({ s3, object, startUpload }) => {
        const upload = await startUpload(object.address, 'second')

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: '*' }))

        await expect(complete).toFailWith(501, 'NotImplemented')
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'CompleteMultipartUpload with both If-Match and If-None-Match fails with 501',
      evidence(facts.M18),
      async ({ s3, object, startUpload }) => {
        const upload = await startUpload(object.address, 'second')

        const complete = s3.send(
          new CompleteMultipartUploadCommand({ ...upload, IfMatch: object.ETag, IfNoneMatch: '*' }),
        )

        await expect(complete).toFailWith(501, 'NotImplemented')
        await expect(object).toBeUnchanged()
      },
    )
  },
)
