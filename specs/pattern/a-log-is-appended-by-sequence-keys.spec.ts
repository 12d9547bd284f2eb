import { randomUUID } from 'node:crypto'
import {
  GetObjectCommand,
  HeadObjectCommand,
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

const entry = ({ Bucket, Key }: Address, n: number) => ({ Bucket, Key: `${Key}/${String(n).padStart(8, '0')}` })

/** Appends an entry and returns its number. The listing only suggests the number; the condition makes it unique. */
async function append(s3: S3Client, log: Address, Body: string): Promise<number> {
  const token = randomUUID()
  const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket: log.Bucket, Prefix: `${log.Key}/` }))
  for (let n = KeyCount, attempt = 1; ; attempt++) {
    try {
      await s3.send(new PutObjectCommand({ ...entry(log, n), Body, Metadata: { token }, IfNoneMatch: '*' }))
      return n
    } catch (error) {
      const { name } = error as Error
      // 409: nothing was written, so try the same number again.
      if (name === 'ConditionalRequestConflict' && attempt < 50) continue
      if (name !== 'PreconditionFailed') throw error
      // 412: the number is taken, perhaps by this entry if the response to its write was lost.
      const { Metadata } = await s3.send(new HeadObjectCommand(entry(log, n)))
      if (Metadata?.token === token) return n
      n++
    }
  }
}

async function readAll(s3: S3Client, log: Address): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: log.Bucket, Prefix: `${log.Key}/` }))
  const objects = Contents.map(({ Key }) => s3.send(new GetObjectCommand({ Bucket: log.Bucket, Key })))
  return Promise.all(objects.map(async (object) => (await (await object).Body?.transformToString()) ?? ''))
}

describe('A log is appended by sequence keys, each created once', docs('conditional-writes'), () => {
  test('ten callers append ten entries without a gap', { ...evidence(facts.P01, facts.P02), ...rounds(10) }, async ({
    s3,
    key,
  }) => {
    const numbers = await runConcurrently(10, (caller) => append(s3, key, caller))
    const entries = await readAll(s3, key)

    expect(numbers.toSorted((a, b) => a - b)).toComeTo([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(entries.toSorted()).toComeTo(clientNames)
    expect(numbers.map((n) => entries[n])).toComeTo(clientNames)
  })

  test('appends once when the answer is lost', evidence(facts.S12), async ({ clientWithLostResponse, s3, key }) => {
    expect(await append(await clientWithLostResponse(500), key, 'mine')).toComeTo(0)
    expect(await readAll(s3, key)).toComeTo(['mine'])
  })

  test('ten callers append ten through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    s3,
    key,
  }) => {
    const appending = await flakyClient()

    const numbers = await runConcurrently(10, (caller) => append(appending, key, caller))

    expect(numbers.toSorted((a, b) => a - b)).toComeTo([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect((await readAll(s3, key)).toSorted()).toComeTo(clientNames)
  })

  test('by a list alone one of two is lost', evidence(facts.S40), async ({ s3, key }) => {
    const list = () => s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: `${key.Key}/` }))
    const [one, other] = await Promise.all([list(), list()])

    await s3.send(new PutObjectCommand({ ...entry(key, one.KeyCount ?? 0), Body: 'first' }))
    await s3.send(new PutObjectCommand({ ...entry(key, other.KeyCount ?? 0), Body: 'second' }))

    expect(await readAll(s3, key)).toComeTo(['second'])
  })
})
