import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import {
  type Address,
  clientNames,
  describe,
  docs,
  evidence,
  expect,
  facts,
  rounds,
  runConcurrently,
  test,
} from '../../support/test'

const textOf = async (s3: S3Client, key: Address) => {
  const { Body, ETag } = await s3.send(new GetObjectCommand(key))
  return { text: (await Body?.transformToString()) ?? '', ETag }
}

/** Adds a letter to the data to which a pointer refers: writes the new data to a new key, then swaps the pointer. */
async function add(s3: S3Client, pointer: Address, letter: string): Promise<void> {
  let left: Address[] = []
  for (let attempt = 1; ; attempt++) {
    const { text: name, ETag } = await textOf(s3, pointer)
    // Names are never reused, so data to which the pointer does not refer now is orphaned. The swap may have succeeded
    // even though it failed with an error, so the new data may be in use.
    const orphans = left.filter((data) => data.Key !== name)
    await Promise.all(orphans.map((orphan) => s3.send(new DeleteObjectCommand(orphan))))
    const was = { Bucket: pointer.Bucket, Key: name }
    const is = { Bucket: pointer.Bucket, Key: `${pointer.Key}-data/${randomUUID()}` }
    try {
      const { text } = await textOf(s3, was)
      // If the pointer was swapped but the response was lost, the data already includes the letter.
      if (text.includes(letter)) return
      left = [was, is]
      await s3.send(new PutObjectCommand({ ...is, Body: text + letter }))
      await s3.send(new PutObjectCommand({ ...pointer, Body: is.Key, IfMatch: ETag }))
      await s3.send(new DeleteObjectCommand(was))
      return
    } catch (error) {
      // NoSuchKey: another client has swapped the pointer and removed the data before this client could read it.
      const isLost = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes((error as Error).name)
      if (!isLost || attempt === 50) throw error
      await setTimeout(Math.random() * Math.min(2_000, 25 * 2 ** attempt))
    }
  }
}

const dataOf = async (s3: S3Client, { Bucket, Key }: Address) =>
  (await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `${Key}-data/` }))).Contents?.map((found) => found.Key)

describe('A pointer is swapped, and orphans are removed', { ...docs('conditional-writes'), timeout: 90_000 }, () => {
  test('ten callers lose nothing and leave no orphan', { ...evidence(facts.P09, facts.P13), ...rounds(10) }, async ({
    s3,
    key,
  }) => {
    await s3.send(new PutObjectCommand({ Bucket: key.Bucket, Key: `${key.Key}-data/start`, Body: '' }))
    await s3.send(new PutObjectCommand({ ...key, Body: `${key.Key}-data/start` }))

    await runConcurrently(10, (caller) => add(s3, key, caller))

    const { text: name } = await textOf(s3, key)
    const { text } = await textOf(s3, { Bucket: key.Bucket, Key: name })
    expect([...text].toSorted()).toComeTo(clientNames)
    expect(await dataOf(s3, key)).toComeTo([name])
  })

  test('ten callers lose nothing through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    s3,
    key,
  }) => {
    const swapping = await flakyClient()
    await s3.send(new PutObjectCommand({ Bucket: key.Bucket, Key: `${key.Key}-data/start`, Body: '' }))
    await s3.send(new PutObjectCommand({ ...key, Body: `${key.Key}-data/start` }))

    await runConcurrently(10, (caller) => add(swapping, key, caller))

    const { text: name } = await textOf(s3, key)
    const { text } = await textOf(s3, { Bucket: key.Bucket, Key: name })
    expect([...text].toSorted()).toComeTo(clientNames)
    expect(await dataOf(s3, key)).toComeTo([name])
  })

  test(
    'a pointer that is overwritten loses one of two, and leaves it behind',
    evidence(facts.S40),
    async ({ s3, key }) => {
      const data = (name: string) => ({ Bucket: key.Bucket, Key: `${key.Key}-data/${name}` })
      await s3.send(new PutObjectCommand({ ...data('first'), Body: 'first' }))
      await s3.send(new PutObjectCommand({ ...data('second'), Body: 'second' }))

      await s3.send(new PutObjectCommand({ ...key, Body: data('first').Key }))
      await s3.send(new PutObjectCommand({ ...key, Body: data('second').Key }))

      await expect(key).toHaveBody(data('second').Key)
      expect(await dataOf(s3, key)).toComeTo([data('first').Key, data('second').Key])
    },
  )
})
