import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('conditional-writes')

// For an object that is deleted during the upload, see a-404-leaves-the-upload-in-progress.
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
})
