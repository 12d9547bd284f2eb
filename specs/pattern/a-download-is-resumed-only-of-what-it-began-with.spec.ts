import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import {
  type Address,
  describe,
  docs,
  evidence,
  expect,
  facts,
  rounds,
  runConcurrently,
  test,
} from '../../support/test'

const PART = 16

/** Downloads an object in ranges. If the object changes during the download, starts again from the beginning. */
async function download(s3: S3Client, key: Address, onPart = async () => {}): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const { ETag, ContentLength = 0 } = await s3.send(new HeadObjectCommand(key))
    const parts: string[] = []
    try {
      for (let from = 0; from < ContentLength; from += PART) {
        const Range = `bytes=${from}-${from + PART - 1}`
        // The SDK does not support If-Range. With If-Match, a changed object causes a 412, even if it is shorter than
        // the range.
        const { Body } = await s3.send(new GetObjectCommand({ ...key, Range, IfMatch: ETag }))
        parts.push((await Body?.transformToString()) ?? '')
        await onPart()
      }
      return parts.join('')
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed' || attempt === 10) throw error
    }
  }
}

const A = 'A'.repeat(40)
const B = 'B'.repeat(40)

describe('A download is resumed only of the object that it began with', docs('conditional-reads'), () => {
  test('ten callers get the whole object', { ...evidence(facts.R44), ...rounds(10) }, async ({ s3, sharedObject }) => {
    const got = await runConcurrently(10, () => download(s3, sharedObject.address))

    expect(got.filter((text) => text !== sharedObject.body)).toComeTo([])
  })

  test('begins anew when the object has changed', evidence(facts.R45), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: A }))

    const overwrite = async () => void (await s3.send(new PutObjectCommand({ ...key, Body: B })))

    expect(await download(s3, key, overwrite)).toComeTo(B)
  })

  test('begins anew when the object has shrunk', evidence(facts.R45), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: A }))

    const shrink = async () => void (await s3.send(new PutObjectCommand({ ...key, Body: 'B' })))

    expect(await download(s3, key, shrink)).toComeTo('B')
  })

  test('without If-Match it is made of two objects', evidence(facts.R44), async ({ s3, key }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: A }))
    const first = await s3.send(new GetObjectCommand({ ...key, Range: 'bytes=0-19', IfMatch: ETag }))
    const begin = await first.Body?.transformToString()
    await s3.send(new PutObjectCommand({ ...key, Body: B }))

    const rest = await s3.send(new GetObjectCommand({ ...key, Range: 'bytes=20-39' }))

    expect(`${begin}${await rest.Body?.transformToString()}`).toComeTo('A'.repeat(20) + 'B'.repeat(20))
  })
})
