import { ListPartsCommand, NoSuchUpload, type S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { track } from '../fixtures/tracked'
import { startUpload } from '../fixtures/uploads'
import type { Observation } from '../observation'
import type { Exchange } from '../wire/record'
import { changesBehind } from './silent-changes'

const key = { Bucket: 'bucket', Key: 'key' }

/** A store that has one upload, with these parts; without any it is gone. */
const storeWith = (parts?: number[]) =>
  ({
    async send(command: object) {
      if (!(command instanceof ListPartsCommand)) return { UploadId: 'id', ETag: '"e"' }
      if (!parts) throw new NoSuchUpload({ message: '', $metadata: {} })
      return { Parts: parts.map((PartNumber) => ({ PartNumber })) }
    },
  }) as unknown as S3Client

const exchange = (operation: string, path: string, status: number, by: Exchange['by'] = 'spec'): Exchange => ({
  by,
  operation,
  request: { method: operation === 'ListParts' ? 'GET' : 'POST', path, headers: {} },
  response: { status, headers: {} },
})
const gone: Observation = { kind: 'parts', parts: 'upload is gone' }
const completed = (status: number) => exchange('CompleteMultipartUpload', '/bucket/key?uploadId=id', status)

/** What has changed behind what a test sent, whose fixture has started an upload. */
async function behind(parts: number[] | undefined, ...exchanges: Exchange[]): Promise<Observation[]> {
  const store = storeWith(parts)
  const test = {}
  track(test, [], await startUpload(store, { client: store, unsupported: {} }, key, 'body'), key)
  return changesBehind(test, exchanges)
}

describe('behind a refusal', () => {
  test('an upload keeps the part that its fixture has uploaded', async () => {
    expect(await behind([1], completed(412))).toEqual([])
  })

  test('an upload that is gone, or has other parts, is seen', async () => {
    expect(await behind(undefined, completed(412))).toEqual([gone])
    expect(await behind([1, 2], completed(412))).toEqual([{ kind: 'parts', parts: [1, 2] }])
  })

  test('an accepted write to its key says nothing of an upload', async () => {
    const put = exchange('PutObject', '/bucket/key', 200)

    expect(await behind(undefined, put, completed(412))).toEqual([gone])
  })

  test('an upload is not looked at that was completed, got a part, or that a matcher has looked at', async () => {
    const part = exchange('UploadPart', '/bucket/key?uploadId=id&partNumber=2', 200)
    const look = exchange('ListParts', '/bucket/key?uploadId=id', 404, 'matcher')

    expect(await behind(undefined, completed(200))).toEqual([])
    expect(await behind(undefined, part)).toEqual([])
    expect(await behind(undefined, completed(412), look)).toEqual([])
  })

  test('nobody knows what has become of an upload after a 409', async () => {
    expect(await behind(undefined, completed(409))).toEqual([])
  })
})
