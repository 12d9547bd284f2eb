import { CompleteMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'At least one of the pre-conditions you specified did not hold'

// The condition goes with the completion: neither CreateMultipartUpload nor UploadPart takes one.
describe(
  'If-None-Match: * never completes an upload over an object',
  docs('conditional-writes', { promise: 'complete an upload' }),
  () => {
    test('creates the object while the key is free', evidence(facts.M01), async ({ s3, key, startUpload }) => {
      const upload = await startUpload(key, 'first')

      const answer = await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      expect(answer.ETag).toMatch(/^"[0-9a-f]{32}-1"$/)
      await expect(key).toHaveBody('first')
    })

    test(
      'is refused once the key holds an object',
      evidence(facts.M02, facts.M09),
      async ({ s3, object, startUpload }) => {
        const upload = await startUpload(object.address, 'second')

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

        await expect(complete).toFailWith(412, 'PreconditionFailed', { Message, Condition: 'If-None-Match' })
        await expect(object).toBeUnchanged()
        await expect(upload).toHaveParts([1])
      },
    )

    test('is refused for one made in parts, too', evidence(facts.M03), async ({ s3, multipartObject, startUpload }) => {
      const upload = await startUpload(multipartObject.address, 'second')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(multipartObject).toBeUnchanged()
      await expect(upload).toHaveParts([1])
    })

    test(
      'is refused for one stored since it began',
      evidence(facts.M04),
      async ({ s3, key, startUpload, snapshot }) => {
        const upload = await startUpload(key, 'first')
        await s3.send(new PutObjectCommand({ ...key, Body: 'second' }))
        const second = await snapshot(key)

        const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

        await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
        await expect(second).toBeUnchanged()
        await expect(upload).toHaveParts([1])
      },
    )
  },
)
