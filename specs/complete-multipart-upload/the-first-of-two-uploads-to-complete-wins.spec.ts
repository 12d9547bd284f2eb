import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// These uploads complete one after the other. For concurrent completions, see specs/race.
describe('The first of two uploads to be completed wins', docs('conditional-writes'), () => {
  test(
    'CompleteMultipartUpload with If-None-Match: * fails with 412 when an earlier upload is completed first',
    evidence(facts.M29, facts.M04),
    async ({ s3, key, startUpload }) => {
      const first = await startUpload(key, 'first')
      const second = await startUpload(key, 'second')
      await s3.send(new CompleteMultipartUploadCommand({ ...first, IfNoneMatch: '*' }))

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...second, IfNoneMatch: '*' }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(key).toHaveBody('first')
      await expect(second).toHaveParts([1])
    },
  )

  test(
    'CompleteMultipartUpload with If-None-Match: * fails with 412 when a later upload is completed first',
    evidence(facts.M29),
    async ({ s3, key, startUpload }) => {
      const first = await startUpload(key, 'first')
      const second = await startUpload(key, 'second')
      await s3.send(new CompleteMultipartUploadCommand({ ...second, IfNoneMatch: '*' }))

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...first, IfNoneMatch: '*' }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(key).toHaveBody('second')
      await expect(first).toHaveParts([1])
    },
  )

  test(
    'CompleteMultipartUpload with If-Match fails with 412 for an ETag that an earlier upload has replaced',
    evidence(facts.M24),
    async ({ s3, object, startUpload }) => {
      const { address, ETag } = object
      const first = await startUpload(address, 'first')
      const second = await startUpload(address, 'second')
      await s3.send(new CompleteMultipartUploadCommand({ ...first, IfMatch: ETag }))

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...second, IfMatch: ETag }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toHaveBody('first')
      await expect(second).toHaveParts([1])
    },
  )
})
