import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test, vi } from 'vitest'
import { code, referenceStore } from '../../testing/reference-store'

// These tests cover behaviour that other stores get wrong.

// A long timeout, because the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const store = referenceStore()

describe('CompleteMultipartUpload', () => {
  async function upload() {
    const Key = store.newKey()
    const { UploadId } = await store.s3.send(new CreateMultipartUploadCommand({ Bucket: store.Bucket, Key }))
    const { ETag } = await store.s3.send(
      new UploadPartCommand({ Bucket: store.Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }),
    )
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    const to = { Bucket: store.Bucket, Key, UploadId }
    return {
      Key,
      to,
      complete: (c = {}) => store.s3.send(new CompleteMultipartUploadCommand({ ...to, MultipartUpload, ...c })),
    }
  }

  test('fails with 409 if the object was written after the upload was created', async () => {
    const { Key, complete } = await upload()
    const { ETag } = await store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body: 'since' }))

    expect(await code(complete({ IfNoneMatch: '*' }))).toBe('412 PreconditionFailed')
    expect(await code(complete({ IfMatch: ETag }))).toBe('409 ConditionalRequestConflict')
    await store.s3.send(new DeleteObjectCommand({ Bucket: store.Bucket, Key }))
    expect(await code(complete({ IfMatch: ETag }))).toBe('404 NoSuchKey')
    expect(await code(complete({ IfNoneMatch: '*' }))).toBe('409 ConditionalRequestConflict')
    expect(await code(complete())).toBe('accepted')
  })

  test('can be repeated, as AbortMultipartUpload can', async () => {
    const { complete } = await upload()
    const { ETag } = await complete()
    expect((await complete({ IfNoneMatch: '*' })).ETag).toBe(ETag)

    const other = await upload()
    await store.s3.send(new AbortMultipartUploadCommand(other.to))
    expect(await code(store.s3.send(new AbortMultipartUploadCommand(other.to)))).toBe('accepted')
    expect(await code(store.s3.send(new UploadPartCommand({ ...other.to, PartNumber: 1, Body: 'a' })))).toBe(
      '404 NoSuchUpload',
    )
    expect(await code(other.complete({ IfNoneMatch: '*' }))).toBe('404 NoSuchUpload')
  })
})

describe('deletes', () => {
  test('succeed or fail separately for each entry', async () => {
    const [one, two, three] = [store.newKey(), store.newKey(), store.newKey()]
    const { ETag } = await store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key: one, Body: 'a' }))
    await store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key: two, Body: 'b' }))
    await store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key: three, Body: 'c' }))
    const Objects = [{ Key: one, ETag }, { Key: two, ETag: '"other"' }, { Key: three }]

    const { Deleted, Errors } = await store.s3.send(
      new DeleteObjectsCommand({ Bucket: store.Bucket, Delete: { Objects } }),
    )

    expect(Deleted?.map(({ Key }) => Key)).toEqual([one, three])
    expect(Errors).toMatchObject([{ Key: two, Code: 'PreconditionFailed' }])
    expect(await code(store.s3.send(new HeadObjectCommand({ Bucket: store.Bucket, Key: two })))).toBe('accepted')
  })

  test('fail with 412 for another ETag, and with 404 if there is no object', async () => {
    const Key = store.newKey()
    const { ETag } = await store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body: 'a' }))

    expect(await code(store.s3.send(new DeleteObjectCommand({ Bucket: store.Bucket, Key, IfMatch: '"other"' })))).toBe(
      '412 PreconditionFailed',
    )
    expect(await code(store.s3.send(new DeleteObjectCommand({ Bucket: store.Bucket, Key, IfMatch: ETag })))).toBe(
      'accepted',
    )
    expect(await code(store.s3.send(new DeleteObjectCommand({ Bucket: store.Bucket, Key, IfMatch: ETag })))).toBe(
      '404 NoSuchKey',
    )
    const elsewhere = { Bucket: `${store.Bucket}-none`, Key, IfMatch: ETag, Body: 'a' }
    expect(await code(store.s3.send(new PutObjectCommand(elsewhere)))).toBe('404 NoSuchBucket')
  })
})

describe('a bucket policy', () => {
  test('determines the permissions of the second user', async () => {
    const secondUser = store.connect({ credentials: { accessKeyId: 'guest', secretAccessKey: 'guest' } })
    const Key = store.newKey()
    const other = `${store.Bucket}-guest`
    await store.s3.send(new CreateBucketCommand({ Bucket: other }))
    const { ETag } = await store.s3.send(new PutObjectCommand({ Bucket: other, Key, Body: 'a' }))
    const read = () => code(secondUser.send(new GetObjectCommand({ Bucket: other, Key })))
    expect(await read()).toBe('403 AccessDenied')
    const Principal = { AWS: 'arn:aws:iam::000000000000:user/guest' }
    const Resource = `arn:aws:s3:::${other}/*`
    const allow = (Action: string, Condition?: object) => ({ Effect: 'Allow', Principal, Action, Resource, Condition })
    const allowing = (...Statement: object[]) =>
      store.s3.send(
        new PutBucketPolicyCommand({ Bucket: other, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
      )

    await allowing(allow('s3:PutObject', { Null: { 's3:if-none-match': 'false' } }))
    const to = { Bucket: other, Key: store.newKey(), Body: 'b' }
    expect(await code(secondUser.send(new PutObjectCommand(to)))).toBe('403 AccessDenied')
    expect(await code(secondUser.send(new PutObjectCommand({ ...to, IfNoneMatch: '*' })))).toBe('accepted')
    expect(await read()).toBe('403 AccessDenied')

    await allowing(allow('s3:PutObject'), allow('s3:DeleteObject'))
    expect(await code(secondUser.send(new PutObjectCommand({ ...to, Key, IfMatch: ETag })))).toBe('403 AccessDenied')
    await allowing(allow('s3:PutObject'), allow('s3:GetObject'))
    expect(await code(secondUser.send(new PutObjectCommand({ ...to, Key, IfMatch: ETag })))).toBe('accepted')
    expect(await read()).toBe('accepted')
    expect(await code(secondUser.send(new GetObjectCommand({ Bucket: other, Key: 'missing' })))).toBe(
      '403 AccessDenied',
    )
    secondUser.destroy()
  })

  test('fails with 400 for a condition key that its action does not support', async () => {
    const Condition = { Null: { 's3:if-match': 'true' } }
    const Statement = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${store.Bucket}/*`,
      Condition,
    }
    const policy = new PutBucketPolicyCommand({
      Bucket: store.Bucket,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    })

    expect(await code(store.s3.send(policy))).toBe('400 MalformedPolicy')
  })
})

test('a PutObject fails with 409 if the object is deleted before the body of the request ends', async () => {
  const to = { Bucket: store.Bucket, Key: store.newKey() }
  await store.s3.send(new PutObjectCommand({ ...to, Body: 'a' }))
  const begun = later()
  const deleted = later()
  const Body = Readable.from(
    (async function* () {
      yield Buffer.alloc(100_000)
      begun.resolve()
      await deleted.promise
      yield Buffer.alloc(100_000)
    })(),
  )
  const put = code(store.s3.send(new PutObjectCommand({ ...to, Body, ContentLength: 200_000, IfNoneMatch: '*' })))
  await begun.promise
  await store.s3.send(new DeleteObjectCommand(to))
  deleted.resolve()

  expect(await put).toBe('409 ConditionalRequestConflict')
})

test('a GetObject concurrent with a delete succeeds or fails with 404', async () => {
  const s3 = store.connect({ maxAttempts: 1 })
  const statuses = new Set<string>()
  for (let round = 0; round < 60; round++) {
    const to = { Bucket: store.Bucket, Key: store.newKey() }
    await store.s3.send(new PutObjectCommand({ ...to, Body: 'a' }))
    const reads = () => Array.from({ length: 4 }, () => code(s3.send(new GetObjectCommand(to))))
    const [before, deleted, after] = [reads(), code(s3.send(new DeleteObjectCommand(to))), reads()]
    for (const status of await Promise.all([...before, deleted, ...after])) statuses.add(status)
  }

  expect([...statuses].toSorted()).toEqual(['404 NoSuchKey', 'accepted'])
})

describe('an ETag', () => {
  test('of an object encrypted with SSE-KMS is not an MD5, and is the same in every response', async () => {
    const Key = store.newKey()
    const { ETag, ServerSideEncryption } = await store.s3.send(
      new PutObjectCommand({ Bucket: store.Bucket, Key, Body: 'a', ServerSideEncryption: 'aws:kms' }),
    )
    expect([ETag, ServerSideEncryption]).toEqual([
      expect.not.stringContaining('0cc175b9c0f1b6a831c399e269772661'),
      'aws:kms',
    ])
    expect((await store.s3.send(new HeadObjectCommand({ Bucket: store.Bucket, Key, IfMatch: ETag }))).ETag).toBe(ETag)
    const { Contents } = await store.s3.send(new ListObjectsV2Command({ Bucket: store.Bucket, Prefix: Key }))
    expect(Contents?.map((object) => object.ETag)).toEqual([ETag])
    expect(
      await code(store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body: 'b', IfMatch: ETag }))),
    ).toBe('accepted')
    expect((await store.s3.send(new HeadObjectCommand({ Bucket: store.Bucket, Key }))).ETag).toBe(
      '"92eb5ffee6ae2fec3ad71c777531578f"',
    )
  })
})

function later() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
