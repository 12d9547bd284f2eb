import { GetObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('A missing key is 404, whatever the precondition', docs('conditional-reads'), () => {
  test.for(reads)('%s answers 404 to If-Match', evidence(facts.R51), async ({ Read }, { s3, key }) => {
    const read = s3.send(new Read({ ...key, IfMatch: anotherETag }))

    await expect(read).toFailWith(404, 'NoSuchKey')
  })

  test.for(reads)('%s answers 404 to If-None-Match: *', evidence(facts.R66), async ({ Read }, { s3, key }) => {
    const read = s3.send(new Read({ ...key, IfNoneMatch: '*' }))

    await expect(read).toFailWith(404, 'NoSuchKey')
  })

  test.for(reads)('%s answers 404 to If-Modified-Since', evidence(facts.R66), async ({ Read }, { s3, key }) => {
    const read = s3.send(new Read({ ...key, IfModifiedSince: new Date('2020-01-01') }))

    await expect(read).toFailWith(404, 'NoSuchKey')
  })

  test.for(reads)('%s answers 404 to If-Unmodified-Since', evidence(facts.R51), async ({ Read }, { s3, key }) => {
    const read = s3.send(new Read({ ...key, IfUnmodifiedSince: new Date('2020-01-01') }))

    await expect(read).toFailWith(404, 'NoSuchKey')
  })

  test('GetObject answers 404 to a range', evidence(facts.R48), async ({ s3, key }) => {
    const read = s3.send(new GetObjectCommand({ ...key, Range: 'bytes=0-3' }))

    await expect(read).toFailWith(404, 'NoSuchKey')
  })

  test('GetObject answers 404 to a range with If-Match', evidence(facts.R48, facts.R51), async ({ s3, key }) => {
    const read = s3.send(new GetObjectCommand({ ...key, Range: 'bytes=0-3', IfMatch: anotherETag }))

    await expect(read).toFailWith(404, 'NoSuchKey')
  })
})
