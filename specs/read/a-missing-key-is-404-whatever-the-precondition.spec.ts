import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const reads = [
  ['GetObject', GetObjectCommand, 'NoSuchKey'] as const,
  ['HeadObject', HeadObjectCommand, 'NotFound'] as const,
]

describe('A missing key is 404, whatever the precondition', guide('conditional-reads'), () => {
  test.for(reads)('%s with If-Match', evidence('R51'), async ([, Read, code], { s3, key }) => {
    const read = s3.send(new Read({ ...key, IfMatch: anotherETag }))

    await expect(read).toBeRefused(404, code)
  })

  test.for(reads)('%s with If-None-Match: *', evidence('R51'), async ([, Read, code], { s3, key }) => {
    const read = s3.send(new Read({ ...key, IfNoneMatch: '*' }))

    await expect(read).toBeRefused(404, code)
  })

  test.for(reads)('%s with If-Modified-Since', evidence('R51'), async ([, Read, code], { s3, key }) => {
    const read = s3.send(new Read({ ...key, IfModifiedSince: new Date('2020-01-01') }))

    await expect(read).toBeRefused(404, code)
  })

  test.for(reads)('%s with If-Unmodified-Since', evidence('R51'), async ([, Read, code], { s3, key }) => {
    const read = s3.send(new Read({ ...key, IfUnmodifiedSince: new Date('2020-01-01') }))

    await expect(read).toBeRefused(404, code)
  })

  test('GetObject with a range', evidence('R48'), async ({ s3, key }) => {
    const read = s3.send(new GetObjectCommand({ ...key, Range: 'bytes=0-3' }))

    await expect(read).toBeRefused(404, 'NoSuchKey')
  })

  test('GetObject with a range and If-Match', evidence('R48', 'R51'), async ({ s3, key }) => {
    const read = s3.send(new GetObjectCommand({ ...key, Range: 'bytes=0-3', IfMatch: anotherETag }))

    await expect(read).toBeRefused(404, 'NoSuchKey')
  })
})
