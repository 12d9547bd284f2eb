import { CompleteMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'At least one of the pre-conditions you specified did not hold'
const options = docs('conditional-writes', { promise: 'complete an upload' })

describe('CompleteMultipartUpload with If-Match overwrites an object only for its current ETag', options, () => {
  test(
    'CompleteMultipartUpload with If-Match succeeds for the current ETag',
    evidence(facts.M07),
    async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')

      const response = await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: object.ETag }))

      expect(response.ETag).toMatch(/^"[0-9a-f]{32}-1"$/)
      await expect(object).toHaveBody('second')
    },
  )

  test(
    'CompleteMultipartUpload with If-Match succeeds for the current ETag of a multipart object',
    evidence(facts.M07),
    async ({ s3, multipartObject, startUpload }) => {
      const upload = await startUpload(multipartObject.address, 'second')

      await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: multipartObject.ETag }))

      await expect(multipartObject).toHaveBody('second')
    },
  )

  test(
    'CompleteMultipartUpload with If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.M08, facts.M09),
    async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: anotherETag }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Message, Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'CompleteMultipartUpload with If-Match fails with 412 for the previous ETag after an overwrite before the upload',
    evidence(facts.M08),
    async ({ s3, object, startUpload, snapshot }) => {
      const { address, ETag } = object
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const second = await snapshot(address)
      const upload = await startUpload(address, 'third')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(second).toBeUnchanged()
      await expect(upload).toHaveParts([1])
    },
  )
})
