import { randomUUID } from 'node:crypto'
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, rounds, runConcurrently, test } from '../../support/test'

/** Checks that a store evaluates If-None-Match and If-Match, by sending conditional writes to a scratch key. */
async function isSafe(s3: S3Client, Bucket: string): Promise<boolean> {
  const scratch = { Bucket, Key: `is-my-store-safe/${randomUUID()}` }
  const isRefused = async (write: PutObjectCommand) => {
    const name = await s3.send(write).then(
      () => 'accepted',
      (error: Error) => error.name,
    )
    return name === 'PreconditionFailed'
  }
  const first = await s3.send(new PutObjectCommand({ ...scratch, Body: 'first', IfNoneMatch: '*' }))
  const createIsSafe = await isRefused(new PutObjectCommand({ ...scratch, Body: 'x', IfNoneMatch: '*' }))
  const { ETag } = await s3.send(new PutObjectCommand({ ...scratch, Body: 'second' }))
  const swapIsSafe = await isRefused(new PutObjectCommand({ ...scratch, Body: 'x', IfMatch: first.ETag }))
  // A store might return an error but perform the write, or it might reject every conditional write.
  const stored = await s3.send(new GetObjectCommand(scratch))
  const isKept = stored.ETag === ETag && (await stored.Body?.transformToString()) === 'second'
  const swaps = !(await isRefused(new PutObjectCommand({ ...scratch, Body: 'third', IfMatch: ETag })))
  await s3.send(new DeleteObjectCommand(scratch))
  return createIsSafe && swapIsSafe && isKept && swaps
}

describe('A store is asked before it is trusted', docs('conditional-writes'), () => {
  test('this store keeps its word', evidence(facts.P02, facts.P09, facts.P13), async ({ s3, bucket }) => {
    expect(await isSafe(s3, bucket)).toComeTo(true)
  })

  test('ten callers ask at once', { ...evidence(facts.P02, facts.P09, facts.P13), ...rounds(10) }, async ({
    s3,
    bucket,
  }) => {
    const answers = await runConcurrently(10, () => isSafe(s3, bucket))

    expect(answers.filter(Boolean).length).toComeTo(10)
  })

  test('a store that ignores If-None-Match and If-Match is found out', evidence(facts.S40), async ({ stubServer }) => {
    stubServer.returns({ status: 200, headers: { etag: '"e"' } })

    expect(await isSafe(stubServer.client(), 'bucket')).toComeTo(false)
  })

  test('to take a 200 for it is to be told so by both writers', evidence(facts.S40), async ({ stubServer }) => {
    stubServer.returns({ status: 200, headers: { etag: '"e"' } })
    const create = () =>
      stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    const created = await Promise.allSettled([create(), create()])

    expect(created.map(({ status }) => status)).toComeTo(['fulfilled', 'fulfilled'])
  })
})
