import {
  CreateBucketCommand,
  DeleteObjectAnnotationCommand,
  DeleteObjectCommand,
  GetObjectAnnotationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListDirectoryBucketsCommand,
  ListObjectAnnotationsCommand,
  PutObjectAnnotationCommand,
  PutObjectCommand,
  RenameObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test, vi } from 'vitest'
import { code, referenceStore } from '../../testing/reference-store'

// A long timeout, because the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const store = referenceStore()

describe('a directory bucket', () => {
  const name = () => `${store.Bucket}-d--use1-az4--x-s3`
  const create = () =>
    store.s3.send(
      new CreateBucketCommand({
        Bucket: name(),
        CreateBucketConfiguration: {
          Location: { Type: 'AvailabilityZone', Name: 'use1-az4' },
          Bucket: { Type: 'Directory', DataRedundancy: 'SingleAvailabilityZone' },
        },
      }),
    )
  const text = async (Key: string) =>
    (await store.s3.send(new GetObjectCommand({ Bucket: name(), Key }))).Body?.transformToString()

  test('supports appends and renames, with a new ETag for each append', async () => {
    await create()
    const Key = 'folder/log'
    const first = await store.s3.send(new PutObjectCommand({ Bucket: name(), Key, Body: 'one ', WriteOffsetBytes: 0 }))
    const again = { Bucket: name(), Key, Body: 'two' }
    expect(await code(store.s3.send(new PutObjectCommand({ ...again, WriteOffsetBytes: 5 })))).toBe(
      '400 InvalidWriteOffset',
    )
    const second = await store.s3.send(new PutObjectCommand({ ...again, WriteOffsetBytes: 4, IfMatch: first.ETag }))
    expect(second.ETag).not.toBe(first.ETag)
    expect(second.Size).toBe(7)
    expect(
      await code(store.s3.send(new PutObjectCommand({ ...again, WriteOffsetBytes: 9, IfMatch: first.ETag }))),
    ).toBe('412 PreconditionFailed')
    expect(await text(Key)).toBe('one two')

    const rename = (c = {}) =>
      store.s3.send(
        new RenameObjectCommand({ Bucket: name(), Key: 'renamed', RenameSource: Key, ClientToken: 'token', ...c }),
      )
    expect(await code(rename({ SourceIfMatch: first.ETag }))).toBe('412 PreconditionFailed')
    await rename({ SourceIfMatch: second.ETag, DestinationIfNoneMatch: '*' })
    expect(await code(rename())).toBe('accepted')
    expect(await code(rename({ Key: 'elsewhere' }))).toBe('400 IdempotencyParameterMismatch')
    expect(await text('renamed')).toBe('one two')
    expect(await code(store.s3.send(new HeadObjectCommand({ Bucket: name(), Key })))).toBe('404 NotFound')
    expect((await store.s3.send(new HeadObjectCommand({ Bucket: name(), Key: 'renamed' }))).ETag).toBe(second.ETag)
  })

  test('supports deletes by size and time, and is not listed by ListBuckets', async () => {
    await create().catch(() => {})
    const Key = 'sized'
    await store.s3.send(new PutObjectCommand({ Bucket: name(), Key, Body: 'four' }))
    const { LastModified } = await store.s3.send(new HeadObjectCommand({ Bucket: name(), Key }))
    const remove = (c: object) => code(store.s3.send(new DeleteObjectCommand({ Bucket: name(), Key, ...c })))

    expect(await remove({ IfMatchSize: 5 })).toBe('412 PreconditionFailed')
    expect(await remove({ IfMatchSize: 4, IfMatchLastModifiedTime: new Date(0) })).toBe('412 PreconditionFailed')
    expect(await remove({ IfMatchSize: 4, IfMatchLastModifiedTime: LastModified })).toBe('accepted')
    const { Buckets } = await store.s3.send(new ListBucketsCommand({}))
    expect(Buckets?.filter((bucket) => bucket.Name === name())).toEqual([])
    const { Buckets: directories } = await store.s3.send(new ListDirectoryBucketsCommand({}))
    expect(directories?.map((bucket) => bucket.Name)).toContain(name())
  })
})

test('an annotation can require the ETag of its object', async () => {
  const to = { Bucket: store.Bucket, Key: store.newKey(), AnnotationName: 'note' }
  const { ETag } = await store.s3.send(new PutObjectCommand({ ...to, Body: 'a' }))
  const annotate = (ObjectIfMatch?: string) =>
    code(store.s3.send(new PutObjectAnnotationCommand({ ...to, AnnotationPayload: 'noted', ObjectIfMatch })))

  expect([await annotate('"other"'), await annotate(ETag)]).toEqual(['412 PreconditionFailed', 'accepted'])
  const { AnnotationPayload } = await store.s3.send(new GetObjectAnnotationCommand(to))
  expect(await AnnotationPayload?.transformToString()).toBe('noted')
  const { Annotations } = await store.s3.send(new ListObjectAnnotationsCommand(to))
  expect(Annotations?.map(({ AnnotationName }) => AnnotationName)).toEqual(['note'])
  await store.s3.send(new DeleteObjectAnnotationCommand({ ...to, ObjectIfMatch: ETag }))
  expect(await code(store.s3.send(new GetObjectAnnotationCommand(to)))).toBe('404 NoSuchAnnotation')
})
