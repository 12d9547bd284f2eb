import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A current delete marker frees the key for If-None-Match: *', docs('conditional-writes'), () => {
  test('PutObject adds a version over it', evidence(facts.P04), async ({ s3, versionedObject }) => {
    await s3.send(new DeleteObjectCommand(versionedObject.address))

    await s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'second', IfNoneMatch: '*' }))

    await expect(versionedObject).toHaveBody('second')
    await expect(versionedObject).toHaveVersions(2, 1)
  })

  test('CopyObject adds a version over it', evidence(facts.D04), async ({ s3, sharedObject, versionedObject }) => {
    await s3.send(new DeleteObjectCommand(versionedObject.address))

    await s3.send(new CopyObjectCommand({ ...versionedObject.address, ...sharedObject.source, IfNoneMatch: '*' }))

    await expect(versionedObject).toHaveBody(sharedObject.body)
    await expect(versionedObject).toHaveVersions(2, 1)
  })

  test('CompleteMultipartUpload adds a version over it', evidence(facts.V02), async ({ s3, versionedObject }) => {
    const { address } = versionedObject
    await s3.send(new DeleteObjectCommand(address))
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(address))
    const { ETag } = await s3.send(new UploadPartCommand({ ...address, UploadId, PartNumber: 1, Body: 'second' }))

    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    await s3.send(new CompleteMultipartUploadCommand({ ...address, UploadId, MultipartUpload, IfNoneMatch: '*' }))

    await expect(versionedObject).toHaveBody('second')
    await expect(versionedObject).toHaveVersions(2, 1)
  })
})
