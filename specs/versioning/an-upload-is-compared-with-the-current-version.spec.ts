import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('CompleteMultipartUpload is compared with the current version', docs('conditional-writes'), () => {
  test('is 412 for a noncurrent version', evidence(facts.M08), async ({ s3, versionedObject, snapshot }) => {
    const { address } = versionedObject
    await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
    const overwritten = await snapshot(address)
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(address))
    const { ETag } = await s3.send(new UploadPartCommand({ ...address, UploadId, PartNumber: 1, Body: 'third' }))

    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    const IfMatch = versionedObject.ETag
    const complete = s3.send(new CompleteMultipartUploadCommand({ ...address, UploadId, MultipartUpload, IfMatch }))

    await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(overwritten).toBeUnchanged()
  })
})
