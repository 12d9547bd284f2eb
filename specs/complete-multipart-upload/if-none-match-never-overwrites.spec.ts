import { CompleteMultipartUploadCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'At least one of the pre-conditions you specified did not hold'
const options = docs('conditional-writes', { promise: 'complete an upload' })

// CreateMultipartUpload and UploadPart do not accept If-None-Match.
describe('CompleteMultipartUpload with If-None-Match: * never overwrites an object', options, () => {
  test(
    'CompleteMultipartUpload with If-None-Match: * succeeds when the key does not exist',
    evidence(facts.M01),
    async ({ s3, key, startUpload }) => {
      const upload = await startUpload(key, 'first')

      const response = await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      expect(response.ETag).toMatch(/^"[0-9a-f]{32}-1"$/)
      await expect(key).toHaveBody('first')
    },
  )

  test(
    'CompleteMultipartUpload with If-None-Match: * fails with 412 when the key exists',
    evidence(facts.M02, facts.M09),
    async ({ s3, object, startUpload }) => {
      const upload = await startUpload(object.address, 'second')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Message, Condition: 'If-None-Match' })
      await expect(object).toBeUnchanged()
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'CompleteMultipartUpload with If-None-Match: * fails with 412 when a multipart object exists at the key',
    evidence(facts.M03),
    async ({ s3, multipartObject, startUpload }) => {
      const upload = await startUpload(multipartObject.address, 'second')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(multipartObject).toBeUnchanged()
      await expect(upload).toHaveParts([1])
    },
  )

  test(
    'CompleteMultipartUpload with If-None-Match: * fails with 412 when the object is created during the upload',
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

  test(
    'CompleteMultipartUpload with If-None-Match: * fails with 412 when the key exists in a versioned bucket',
    evidence(facts.M02, facts.V02),
    async ({ s3, versionedObject, startUpload }) => {
      const upload = await startUpload(versionedObject.address, 'second')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(versionedObject).toBeUnchanged()
    },
  )

  test(
    'CompleteMultipartUpload with If-None-Match: * succeeds when the current version is a delete marker',
    evidence(facts.V02),
    async ({ s3, versionedObject, startUpload }) => {
      await s3.send(new DeleteObjectCommand(versionedObject.address))
      const upload = await startUpload(versionedObject.address, 'second')

      await s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(versionedObject).toHaveBody('second')
      await expect(versionedObject).toHaveVersions(2, 1)
    },
  )
})
