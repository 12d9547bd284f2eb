import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('If-Match holds for the entity tag of the current version', docs('conditional-writes'), () => {
  test('PutObject adds a version', evidence(facts.P09), async ({ s3, versionedObject: { address } }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

    await s3.send(new PutObjectCommand({ ...address, Body: 'third', IfMatch: ETag }))

    await expect(address).toHaveBody('third')
    await expect(address).toHaveVersions(3)
  })

  test('CopyObject adds a version', evidence(facts.D06), async ({ s3, sharedObject, versionedObject: { address } }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

    await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

    await expect(address).toHaveBody(sharedObject.body)
    await expect(address).toHaveVersions(3)
  })

  test('CompleteMultipartUpload adds a version', evidence(facts.M07), async ({ s3, versionedObject: { address } }) => {
    const current = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(address))
    const { ETag } = await s3.send(new UploadPartCommand({ ...address, UploadId, PartNumber: 1, Body: 'third' }))

    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    const IfMatch = current.ETag
    await s3.send(new CompleteMultipartUploadCommand({ ...address, UploadId, MultipartUpload, IfMatch }))

    await expect(address).toHaveBody('third')
    await expect(address).toHaveVersions(3)
  })

  test('DeleteObject makes a delete marker', evidence(facts.X10), async ({ s3, versionedObject: { address } }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

    await s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

    await expect(address).toHaveVersions(2, 1)
  })
})
