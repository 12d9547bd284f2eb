import { AbortMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const INVALID = new Date('not a date')
const SENT = 'undefined, NaN undefined NaN NaN:NaN:NaN GMT'

describe('An invalid Date is sent as no date at all, without an error', docs('conditional-reads'), () => {
  test('GetObject sends it in If-Modified-Since', evidence(facts.S14), async ({ stubServer }) => {
    await stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfModifiedSince: INVALID }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('if-modified-since', SENT)
  })

  test('GetObject sends it in If-Unmodified-Since', evidence(facts.S14), async ({ stubServer }) => {
    await stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfUnmodifiedSince: INVALID }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('if-unmodified-since', SENT)
  })

  test('DeleteObject sends it to a directory bucket', evidence(facts.S14), async ({ stubServer }) => {
    await stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatchLastModifiedTime: INVALID }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-if-match-last-modified-time', SENT)
  })

  test('AbortMultipartUpload sends it to a directory bucket', evidence(facts.S14), async ({ stubServer }) => {
    const upload = { ...stubServer.key, UploadId: 'id' }
    await stubServer.client().send(new AbortMultipartUploadCommand({ ...upload, IfMatchInitiatedTime: INVALID }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-if-match-initiated-time', SENT)
  })
})
