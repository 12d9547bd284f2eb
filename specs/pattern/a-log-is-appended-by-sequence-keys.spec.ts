import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

interface Key {
  Bucket: string
  Key: string
}

const entry = ({ Bucket, Key }: Key, n: number) => ({ Bucket, Key: `${Key}/${String(n).padStart(8, '0')}` })

/** Appends an entry; its number. A list only says where to begin: the condition says whose number it is. */
async function append(s3: S3Client, log: Key, Body: string): Promise<number> {
  const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket: log.Bucket, Prefix: `${log.Key}/` }))
  for (let n = KeyCount, attempt = 1; ; attempt++) {
    try {
      await s3.send(new PutObjectCommand({ ...entry(log, n), Body, IfNoneMatch: '*' }))
      return n
    } catch (error) {
      const { name } = error as Error
      // 412: the number is taken, so the next one. 409: nothing was written, so the same one.
      if (name === 'PreconditionFailed') n++
      else if (name !== 'ConditionalRequestConflict' || attempt === 50) throw error
    }
  }
}

async function readAll(s3: S3Client, log: Key): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: log.Bucket, Prefix: `${log.Key}/` }))
  const objects = Contents.map(({ Key }) => s3.send(new GetObjectCommand({ Bucket: log.Bucket, Key })))
  return Promise.all(objects.map(async (object) => (await (await object).Body?.transformToString()) ?? ''))
}

const callers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

describe('A log is appended by sequence keys, each created once', guide('conditional-writes'), () => {
  test('ten callers append ten entries without a gap', evidence('P01', 'P02'), async ({ s3, key }) => {
    const numbers = await Promise.all(callers.map((caller) => append(s3, key, caller)))
    const entries = await readAll(s3, key)

    expect(numbers.toSorted((a, b) => a - b)).toComeTo([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(entries.toSorted()).toComeTo(callers)
    expect(numbers.map((n) => entries[n])).toComeTo(callers)
  })

  test('by a list alone one of two is lost', evidence('P01'), async ({ s3, key }) => {
    const list = () => s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: `${key.Key}/` }))
    const [one, other] = await Promise.all([list(), list()])

    await s3.send(new PutObjectCommand({ ...entry(key, one.KeyCount ?? 0), Body: 'first' }))
    await s3.send(new PutObjectCommand({ ...entry(key, other.KeyCount ?? 0), Body: 'second' }))

    expect(await readAll(s3, key)).toComeTo(['second'])
  })
})
