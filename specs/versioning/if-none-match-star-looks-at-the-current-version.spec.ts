import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('If-None-Match: * is refused while the current version is an object', docs('conditional-writes'), () => {
  test('PutObject adds no version', evidence(facts.P05), async ({ s3, versionedObject }) => {
    const write = s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second', IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(versionedObject).toBeUnchanged()
  })

  test('CopyObject adds no version', evidence(facts.D02), async ({ s3, sharedObject, versionedObject }) => {
    const copy = s3.send(
      new CopyObjectCommand({ ...versionedObject.address, ...sharedObject.source, IfNoneMatch: '*' }),
    )

    await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(versionedObject).toBeUnchanged()
  })

  test('CompleteMultipartUpload adds no version', evidence(facts.M02, facts.V02), async ({ s3, versionedObject }) => {
    const { address } = versionedObject
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(address))
    const { ETag } = await s3.send(new UploadPartCommand({ ...address, UploadId, PartNumber: 1, Body: 'second' }))

    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    const complete = s3.send(
      new CompleteMultipartUploadCommand({ ...address, UploadId, MultipartUpload, IfNoneMatch: '*' }),
    )

    await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(versionedObject).toBeUnchanged()
  })
})
