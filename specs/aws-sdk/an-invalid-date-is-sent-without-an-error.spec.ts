import { AbortMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const INVALID = new Date('not a date')
const SENT = 'undefined, NaN undefined NaN NaN:NaN:NaN GMT'

const key = { Bucket: 'bucket', Key: 'key' }
const upload = { ...key, UploadId: 'id' }
// biome-ignore format: a table
const commands = [
  ['GetObject', 'If-Modified-Since', new GetObjectCommand({ ...key, IfModifiedSince: INVALID })],
  ['GetObject', 'If-Unmodified-Since', new GetObjectCommand({ ...key, IfUnmodifiedSince: INVALID })],
  ['DeleteObject', 'x-amz-if-match-last-modified-time', new DeleteObjectCommand({ ...key, IfMatchLastModifiedTime: INVALID })],
  ['AbortMultipartUpload', 'x-amz-if-match-initiated-time', new AbortMultipartUploadCommand({ ...upload, IfMatchInitiatedTime: INVALID })],
] as const

describe('The SDK accepts an invalid Date object and sends NaN as the date', docs('conditional-reads'), () => {
  test.for(commands)(
    '%s sends NaN as the date in %s for an invalid Date object',
    evidence(facts.S14),
    async ([, header, command], { stubServer }) => {
      await stubServer.client().send(command as GetObjectCommand)

      expect(stubServer.requests[0]?.headers).toHaveProperty(header.toLowerCase(), SENT)
    },
  )
})
