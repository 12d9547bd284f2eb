import { CompleteMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('CompleteMultipartUpload with If-Match compares only the current version', docs('conditional-writes'), () => {
  test(
    'CompleteMultipartUpload with If-Match fails with 412 for the ETag of a noncurrent version',
    evidence(facts.M08),
    async ({ s3, versionedObject, startUpload, snapshot }) => {
      const { address, ETag } = versionedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const second = await snapshot(address)
      const upload = await startUpload(address, 'third')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(second).toBeUnchanged()
    },
  )

  test(
    'CompleteMultipartUpload with If-Match succeeds for the ETag of the current version',
    evidence(facts.M07),
    async ({ s3, versionedObject, startUpload }) => {
      const { address } = versionedObject
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
      const upload = await startUpload(address, 'third')

      await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))

      await expect(versionedObject).toHaveBody('third')
      await expect(versionedObject).toHaveVersions(3)
    },
  )
})
