import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// TypeScript says so; JavaScript, a cast and a variable of another type do not.
const date = new Date('2026-11-25T10:11:12Z')

describe('Members that the model lacks are dropped without an error', docs('conditional-writes'), () => {
  test('GetObject has no IfRange', evidence(facts.S34), async ({ scripted }) => {
    const input = { ...scripted.key, Range: 'bytes=0-9', IfRange: '"e"' }
    await scripted.client().send(new GetObjectCommand(input as GetObjectCommandInput))

    expect(scripted.requests[0]?.headers).toHaveProperty('range', 'bytes=0-9')
    expect(scripted.requests[0]?.headers).not.toHaveProperty('if-range')
  })

  test('CreateMultipartUpload has no IfNoneMatch', evidence(facts.S34), async ({ scripted }) => {
    scripted.answers({ status: 200, body: '<InitiateMultipartUploadResult/>' })
    const input = { ...scripted.key, IfNoneMatch: '*' }
    await scripted.client().send(new CreateMultipartUploadCommand(input))

    expect(scripted.requests[0]?.headers).not.toHaveProperty('if-none-match')
  })

  test('UploadPart has no IfNoneMatch', evidence(facts.S34), async ({ scripted }) => {
    const input = { ...scripted.key, UploadId: 'id', PartNumber: 1, Body: 'x', IfNoneMatch: '*' }
    await scripted.client().send(new UploadPartCommand(input))

    expect(scripted.requests[0]?.headers).not.toHaveProperty('if-none-match')
  })

  test('PutObject has no dates', evidence(facts.S34), async ({ scripted }) => {
    const input = { ...scripted.key, Body: 'x', IfModifiedSince: date, IfUnmodifiedSince: date }
    await scripted.client().send(new PutObjectCommand(input))

    expect(scripted.requests[0]?.headers).not.toHaveProperty('if-modified-since')
    expect(scripted.requests[0]?.headers).not.toHaveProperty('if-unmodified-since')
  })
})
