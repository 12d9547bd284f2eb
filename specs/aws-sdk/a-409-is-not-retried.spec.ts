import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const key = { Bucket: 'bucket', Key: 'key' }
const upload = { ...key, UploadId: 'id', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"1"' }] } }
const put = new PutObjectCommand({ ...key, Body: 'x', IfNoneMatch: '*' })
const commands = [
  ['PutObject', put],
  ['CopyObject', new CopyObjectCommand({ ...key, CopySource: 'bucket/source', IfNoneMatch: '*' })],
  ['CompleteMultipartUpload', new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' })],
  ['DeleteObject', new DeleteObjectCommand({ ...key, IfMatch: '"e"' })],
] as const

// A 409 means that nothing was written. The caller decides whether to retry; S3 recommends a retry for PutObject.
const details = { Condition: 'If-None-Match', Key: 'key' }
const conflict = (Code: string) => ({ status: 409, error: { Code, ...details } })
const $metadata = { httpStatusCode: 409, attempts: 1 }
const thrown = { name: 'ConditionalRequestConflict', ...details, $fault: 'client', $metadata }

describe('The SDK throws a 409 error without retrying', docs('conditional-writes'), () => {
  test.for(commands)(
    '%s throws a 409 error without retrying',
    evidence(facts.S08, facts.S39),
    async ([, command], { stubServer }) => {
      stubServer.returns(conflict('ConditionalRequestConflict'))

      await expect(stubServer.client().send(command as PutObjectCommand)).rejects.toMatchObject(thrown)
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test(
    'PutObject throws a 409 error without retrying, even in adaptive retry mode',
    evidence(facts.S08, facts.S39),
    async ({ stubServer }) => {
      stubServer.returns(conflict('ConditionalRequestConflict'))
      const write = stubServer.client({ retryMode: 'adaptive' }).send(put)

      await expect(write).rejects.toMatchObject(thrown)
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test(
    'PutObject throws a 409 OperationAborted error without retrying',
    evidence(facts.S08, facts.S39),
    async ({ stubServer }) => {
      stubServer.returns(conflict('OperationAborted'))
      const write = stubServer.client().send(put)

      await expect(write).rejects.toMatchObject({ ...thrown, name: 'OperationAborted' })
      expect(stubServer.requests).toHaveLength(1)
    },
  )
})
