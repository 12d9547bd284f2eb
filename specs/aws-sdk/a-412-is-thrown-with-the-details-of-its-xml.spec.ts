import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const key = { Bucket: 'bucket', Key: 'key' }
const copy = { ...key, CopySource: 'bucket/source' }
const commands = [
  ['GetObject', 'If-Match', new GetObjectCommand({ ...key, IfMatch: '"other"' })],
  ['PutObject', 'If-None-Match', new PutObjectCommand({ ...key, Body: 'x', IfNoneMatch: '*' })],
  ['DeleteObject', 'If-Match', new DeleteObjectCommand({ ...key, IfMatch: '"other"' })],
  ['CopyObject', 'x-amz-copy-source-If-Match', new CopyObjectCommand({ ...copy, CopySourceIfMatch: '"other"' })],
] as const

describe(
  'The SDK does not retry after a 412 and throws an error with the details from the XML body',
  docs('conditional-writes'),
  () => {
    test.for(commands)(
      '%s is not retried after a 412 and throws an error that names the failed condition',
      evidence(facts.S05, facts.S39),
      async ([, Condition, command], { stubServer }) => {
        const error = { Code: 'PreconditionFailed', Message: 'No.', Condition, RequestId: 'id', HostId: 'host' }
        stubServer.returns({ status: 412, error })

        await expect(stubServer.client().send(command as PutObjectCommand)).rejects.toMatchObject({
          name: 'PreconditionFailed',
          message: 'No.',
          $fault: 'client',
          $metadata: { httpStatusCode: 412, attempts: 1 },
          Code: 'PreconditionFailed',
          Condition,
          RequestId: 'id',
          HostId: 'host',
        })
        expect(stubServer.requests).toHaveLength(1)
      },
    )
  },
)
