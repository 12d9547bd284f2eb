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
import { describe, expect, test } from 'vitest'
import { code, referenceStore } from '../testing/proxy'

// What the store behind lacks, seen by real clients.

const house = referenceStore()

describe('a completion', () => {
  async function upload() {
    const Key = house.newKey()
    const { UploadId } = await house.s3.send(new CreateMultipartUploadCommand({ Bucket: house.Bucket, Key }))
    const { ETag } = await house.s3.send(
      new UploadPartCommand({ Bucket: house.Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }),
    )
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    const to = { Bucket: house.Bucket, Key, UploadId }
    return {
      Key,
      to,
      complete: (c = {}) => house.s3.send(new CompleteMultipartUploadCommand({ ...to, MultipartUpload, ...c })),
    }
  }

  test('conflicts with what was stored since', async () => {
    const { Key, complete } = await upload()
    const { ETag } = await house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body: 'since' }))

    expect(await code(complete({ IfNoneMatch: '*' }))).toBe('412 PreconditionFailed')
    expect(await code(complete({ IfMatch: ETag }))).toBe('409 ConditionalRequestConflict')
    await house.s3.send(new DeleteObjectCommand({ Bucket: house.Bucket, Key }))
    expect(await code(complete({ IfMatch: ETag }))).toBe('404 NoSuchKey')
    expect(await code(complete({ IfNoneMatch: '*' }))).toBe('409 ConditionalRequestConflict')
    expect(await code(complete())).toBe('accepted')
  })

  test('is answered the same again, and an abort that was done, too', async () => {
    const { complete } = await upload()
    const { ETag } = await complete()
    expect((await complete({ IfNoneMatch: '*' })).ETag).toBe(ETag)

    const other = await upload()
    await house.s3.send(new AbortMultipartUploadCommand(other.to))
    expect(await code(house.s3.send(new AbortMultipartUploadCommand(other.to)))).toBe('accepted')
    expect(await code(house.s3.send(new UploadPartCommand({ ...other.to, PartNumber: 1, Body: 'a' })))).toBe(
      '404 NoSuchUpload',
    )
    expect(await code(other.complete({ IfNoneMatch: '*' }))).toBe('404 NoSuchUpload')
  })
})

describe('deletes', () => {
  test('each entry goes its own way', async () => {
    const [one, two, three] = [house.newKey(), house.newKey(), house.newKey()]
    const { ETag } = await house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key: one, Body: 'a' }))
    await house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key: two, Body: 'b' }))
    await house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key: three, Body: 'c' }))
    const Objects = [{ Key: one, ETag }, { Key: two, ETag: '"other"' }, { Key: three }]

    const { Deleted, Errors } = await house.s3.send(
      new DeleteObjectsCommand({ Bucket: house.Bucket, Delete: { Objects } }),
    )

    expect(Deleted?.map(({ Key }) => Key)).toEqual([one, three])
    expect(Errors).toMatchObject([{ Key: two, Code: 'PreconditionFailed' }])
    expect(await code(house.s3.send(new HeadObjectCommand({ Bucket: house.Bucket, Key: two })))).toBe('accepted')
  })

  test('If-Match, and without an object', async () => {
    const Key = house.newKey()
    const { ETag } = await house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body: 'a' }))

    expect(await code(house.s3.send(new DeleteObjectCommand({ Bucket: house.Bucket, Key, IfMatch: '"other"' })))).toBe(
      '412 PreconditionFailed',
    )
    expect(await code(house.s3.send(new DeleteObjectCommand({ Bucket: house.Bucket, Key, IfMatch: ETag })))).toBe(
      'accepted',
    )
    expect(await code(house.s3.send(new DeleteObjectCommand({ Bucket: house.Bucket, Key, IfMatch: ETag })))).toBe(
      '404 NoSuchKey',
    )
    const elsewhere = { Bucket: `${house.Bucket}-none`, Key, IfMatch: ETag, Body: 'a' }
    expect(await code(house.s3.send(new PutObjectCommand(elsewhere)))).toBe('404 NoSuchBucket')
  })
})

describe('a policy', () => {
  test('binds the second caller, and nobody without it', async () => {
    const guest = house.connect({ credentials: { accessKeyId: 'guest', secretAccessKey: 'guest' } })
    const Key = house.newKey()
    const other = `${house.Bucket}-guest`
    await house.s3.send(new CreateBucketCommand({ Bucket: other }))
    const { ETag } = await house.s3.send(new PutObjectCommand({ Bucket: other, Key, Body: 'a' }))
    const read = () => code(guest.send(new GetObjectCommand({ Bucket: other, Key })))
    expect(await read()).toBe('403 AccessDenied')
    const Principal = { AWS: 'arn:aws:iam::000000000000:user/guest' }
    const Resource = `arn:aws:s3:::${other}/*`
    const allow = (Action: string, Condition?: object) => ({ Effect: 'Allow', Principal, Action, Resource, Condition })
    const store = (...Statement: object[]) =>
      house.s3.send(
        new PutBucketPolicyCommand({ Bucket: other, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
      )

    await store(allow('s3:PutObject', { Null: { 's3:if-none-match': 'false' } }))
    const to = { Bucket: other, Key: house.newKey(), Body: 'b' }
    expect(await code(guest.send(new PutObjectCommand(to)))).toBe('403 AccessDenied')
    expect(await code(guest.send(new PutObjectCommand({ ...to, IfNoneMatch: '*' })))).toBe('accepted')
    expect(await read()).toBe('403 AccessDenied')

    await store(allow('s3:PutObject'), allow('s3:DeleteObject'))
    expect(await code(guest.send(new PutObjectCommand({ ...to, Key, IfMatch: ETag })))).toBe('403 AccessDenied')
    await store(allow('s3:PutObject'), allow('s3:GetObject'))
    expect(await code(guest.send(new PutObjectCommand({ ...to, Key, IfMatch: ETag })))).toBe('accepted')
    expect(await read()).toBe('accepted')
    expect(await code(guest.send(new GetObjectCommand({ Bucket: other, Key: 'missing' })))).toBe('403 AccessDenied')
    guest.destroy()
  })

  test('takes a condition key with its own actions only', async () => {
    const Condition = { Null: { 's3:if-match': 'true' } }
    const Statement = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${house.Bucket}/*`,
      Condition,
    }
    const policy = new PutBucketPolicyCommand({
      Bucket: house.Bucket,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    })

    expect(await code(house.s3.send(policy))).toBe('400 MalformedPolicy')
  })
})

test('a write that is deleted from before it has finished is a conflict', async () => {
  const to = { Bucket: house.Bucket, Key: house.newKey() }
  await house.s3.send(new PutObjectCommand({ ...to, Body: 'a' }))
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
  const put = code(house.s3.send(new PutObjectCommand({ ...to, Body, ContentLength: 200_000, IfNoneMatch: '*' })))
  await begun.promise
  await house.s3.send(new DeleteObjectCommand(to))
  deleted.resolve()

  expect(await put).toBe('409 ConditionalRequestConflict')
})

test('a read finds what is deleted at that moment, or finds nothing', async () => {
  const s3 = house.connect({ maxAttempts: 1 })
  const statuses = new Set<string>()
  for (let round = 0; round < 60; round++) {
    const to = { Bucket: house.Bucket, Key: house.newKey() }
    await house.s3.send(new PutObjectCommand({ ...to, Body: 'a' }))
    const reads = () => Array.from({ length: 4 }, () => code(s3.send(new GetObjectCommand(to))))
    const [before, deleted, after] = [reads(), code(s3.send(new DeleteObjectCommand(to))), reads()]
    for (const status of await Promise.all([...before, deleted, ...after])) statuses.add(status)
  }

  expect([...statuses].toSorted()).toEqual(['404 NoSuchKey', 'accepted'])
})

describe('an entity tag', () => {
  test('of an object encrypted with KMS is no MD5, and the same in every answer', async () => {
    const Key = house.newKey()
    const { ETag, ServerSideEncryption } = await house.s3.send(
      new PutObjectCommand({ Bucket: house.Bucket, Key, Body: 'a', ServerSideEncryption: 'aws:kms' }),
    )
    expect([ETag, ServerSideEncryption]).toEqual([
      expect.not.stringContaining('0cc175b9c0f1b6a831c399e269772661'),
      'aws:kms',
    ])
    expect((await house.s3.send(new HeadObjectCommand({ Bucket: house.Bucket, Key, IfMatch: ETag }))).ETag).toBe(ETag)
    const { Contents } = await house.s3.send(new ListObjectsV2Command({ Bucket: house.Bucket, Prefix: Key }))
    expect(Contents?.map((object) => object.ETag)).toEqual([ETag])
    expect(
      await code(house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body: 'b', IfMatch: ETag }))),
    ).toBe('accepted')
    expect((await house.s3.send(new HeadObjectCommand({ Bucket: house.Bucket, Key }))).ETag).toBe(
      '"92eb5ffee6ae2fec3ad71c777531578f"',
    )
  })
})

/** A promise that is settled from outside. */
function later() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
