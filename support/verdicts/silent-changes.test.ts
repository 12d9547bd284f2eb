import { ListPartsCommand, NoSuchUpload, type S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { track } from '../fixtures/tracked'
import { startUpload } from '../fixtures/uploads'
import type { Observation } from '../observation'
import type { Exchange } from '../wire/record'
import { silentChanges } from './silent-changes'

const key = { Bucket: 'bucket', Key: 'key' }

/** A store that has an upload with these parts, or no upload if `parts` is undefined. */
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

/** Starts an upload as a fixture does, and returns the changes that `silentChanges` finds after these exchanges. */
async function changesAfter(parts: number[] | undefined, ...exchanges: Exchange[]): Promise<Observation[]> {
  const store = storeWith(parts)
  const test = {}
  track(test, [], await startUpload(store, { client: store, unsupported: {} }, key, 'body'), key)
  return silentChanges(test, exchanges)
}

describe('after a failed completion', () => {
  test('an upload that still has its part is unchanged', async () => {
    expect(await changesAfter([1], completed(412))).toEqual([])
  })

  test('an upload that is gone or has other parts is a silent change', async () => {
    expect(await changesAfter(undefined, completed(412))).toEqual([gone])
    expect(await changesAfter([1, 2], completed(412))).toEqual([{ kind: 'parts', parts: [1, 2] }])
  })

  test('an upload is checked even if a write to its key succeeded', async () => {
    const put = exchange('PutObject', '/bucket/key', 200)

    expect(await changesAfter(undefined, put, completed(412))).toEqual([gone])
  })

  test('an upload is not checked if it was completed, got a part, or was checked by a matcher', async () => {
    const part = exchange('UploadPart', '/bucket/key?uploadId=id&partNumber=2', 200)
    const look = exchange('ListParts', '/bucket/key?uploadId=id', 404, 'matcher')

    expect(await changesAfter(undefined, completed(200))).toEqual([])
    expect(await changesAfter(undefined, part)).toEqual([])
    expect(await changesAfter(undefined, completed(412), look)).toEqual([])
  })

  test('an upload is not checked after a 409, because its state is unknown', async () => {
    expect(await changesAfter(undefined, completed(409))).toEqual([])
  })
})
