import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// TypeScript reports unknown members in an object literal, but not in a variable or after a cast.
const date = new Date('2026-11-25T10:11:12Z')

describe('The SDK drops unknown input members without an error', docs('conditional-writes'), () => {
  test('GetObject drops the unknown input member IfRange', evidence(facts.S34), async ({ stubServer }) => {
    const input = { ...stubServer.key, Range: 'bytes=0-9', IfRange: '"e"' }
    await stubServer.client().send(new GetObjectCommand(input as GetObjectCommandInput))

    expect(stubServer.requests[0]?.headers).toHaveProperty('range', 'bytes=0-9')
    expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-range')
  })

  test(
    'CreateMultipartUpload drops the unknown input member IfNoneMatch',
    evidence(facts.S34),
    async ({ stubServer }) => {
      stubServer.returns({ status: 200, body: '<InitiateMultipartUploadResult/>' })
      const input = { ...stubServer.key, IfNoneMatch: '*' }
      await stubServer.client().send(new CreateMultipartUploadCommand(input))

      expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-none-match')
    },
  )

  test('UploadPart drops the unknown input member IfNoneMatch', evidence(facts.S34), async ({ stubServer }) => {
    const input = { ...stubServer.key, UploadId: 'id', PartNumber: 1, Body: 'x', IfNoneMatch: '*' }
    await stubServer.client().send(new UploadPartCommand(input))

    expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-none-match')
  })

  test(
    'PutObject drops the unknown input members IfModifiedSince and IfUnmodifiedSince',
    evidence(facts.S34),
    async ({ stubServer }) => {
      const input = { ...stubServer.key, Body: 'x', IfModifiedSince: date, IfUnmodifiedSince: date }
      await stubServer.client().send(new PutObjectCommand(input))

      expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-modified-since')
      expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-unmodified-since')
    },
  )
})
