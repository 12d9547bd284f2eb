import { AbortMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const INVALID = new Date('not a date')
const SENT = 'undefined, NaN undefined NaN NaN:NaN:NaN GMT'

describe('The SDK sends an invalid Date without an error', docs('conditional-reads'), () => {
  test('GetObject sends an invalid Date in If-Modified-Since', evidence(facts.S14), async ({ stubServer }) => {
    await stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfModifiedSince: INVALID }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('if-modified-since', SENT)
  })

  test('GetObject sends an invalid Date in If-Unmodified-Since', evidence(facts.S14), async ({ stubServer }) => {
    await stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfUnmodifiedSince: INVALID }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('if-unmodified-since', SENT)
  })

  test(
    'DeleteObject sends an invalid Date in x-amz-if-match-last-modified-time',
    evidence(facts.S14),
    async ({ stubServer }) => {
      await stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatchLastModifiedTime: INVALID }))

      expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-if-match-last-modified-time', SENT)
    },
  )

  test(
    'AbortMultipartUpload sends an invalid Date in x-amz-if-match-initiated-time',
    evidence(facts.S14),
    async ({ stubServer }) => {
      const upload = { ...stubServer.key, UploadId: 'id' }
      await stubServer.client().send(new AbortMultipartUploadCommand({ ...upload, IfMatchInitiatedTime: INVALID }))

      expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-if-match-initiated-time', SENT)
    },
  )
})
