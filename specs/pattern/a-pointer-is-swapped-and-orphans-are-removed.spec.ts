import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

interface Key {
  Bucket: string
  Key: string
}

const textOf = async (s3: S3Client, key: Key) => {
  const { Body, ETag } = await s3.send(new GetObjectCommand(key))
  return { text: (await Body?.transformToString()) ?? '', ETag }
}

/** Writes what `change` makes of the data that a pointer names, as data of its own, and then swaps the pointer. */
async function update(s3: S3Client, pointer: Key, change: (data: string) => string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { text: name, ETag } = await textOf(s3, pointer)
    const was = { Bucket: pointer.Bucket, Key: name }
    const is = { Bucket: pointer.Bucket, Key: `${pointer.Key}/${randomUUID()}` }
    try {
      const { text } = await textOf(s3, was)
      await s3.send(new PutObjectCommand({ ...is, Body: change(text), IfNoneMatch: '*' }))
      await s3.send(new PutObjectCommand({ ...pointer, Body: is.Key, IfMatch: ETag }))
      await s3.send(new DeleteObjectCommand(was))
      return
    } catch (error) {
      // The data that was not pointed at is an orphan. NoSuchKey: the data was replaced while it was to be read.
      const isLost = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes((error as Error).name)
      if (!isLost || attempt === 50) throw error
      await s3.send(new DeleteObjectCommand(is))
      await setTimeout(Math.random() * 10 * attempt)
    }
  }
}

const callers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

describe('A pointer is swapped, and who loses removes what it wrote', guide('conditional-writes'), () => {
  test('ten callers lose nothing and leave no orphan', evidence('P09', 'P11'), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ Bucket: key.Bucket, Key: `${key.Key}/start`, Body: '' }))
    await s3.send(new PutObjectCommand({ ...key, Body: `${key.Key}/start` }))

    await Promise.all(callers.map((caller) => update(s3, key, (data) => data + caller)))

    const { text: name } = await textOf(s3, key)
    const { text } = await textOf(s3, { Bucket: key.Bucket, Key: name })
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: `${key.Key}/` }))
    expect([...text].toSorted()).toComeTo(callers)
    expect(KeyCount).toComeTo(1)
  })

  test('a pointer that is overwritten loses one of two, and leaves it behind', evidence('P01'), async ({ s3, key }) => {
    const data = (name: string) => ({ Bucket: key.Bucket, Key: `${key.Key}/${name}` })
    await s3.send(new PutObjectCommand({ ...data('first'), Body: 'first' }))
    await s3.send(new PutObjectCommand({ ...data('second'), Body: 'second' }))

    await s3.send(new PutObjectCommand({ ...key, Body: data('first').Key }))
    await s3.send(new PutObjectCommand({ ...key, Body: data('second').Key }))

    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: `${key.Key}/` }))
    await expect(key).toHoldObject(data('second').Key)
    expect(KeyCount).toComeTo(2)
  })
})
