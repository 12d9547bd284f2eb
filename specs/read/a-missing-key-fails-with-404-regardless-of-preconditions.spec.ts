import { GetObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('A read of a missing key fails with 404 regardless of preconditions', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Match fails with 404 when the key does not exist',
    evidence(facts.R51),
    async ({ Read }, { s3, key }) => {
      const read = s3.send(new Read({ ...key, IfMatch: anotherETag }))

      await expect(read).toFailWith(404, 'NoSuchKey')
    },
  )

  test.for(reads)(
    '%s with If-None-Match: * fails with 404 when the key does not exist',
    evidence(facts.R66),
    async ({ Read }, { s3, key }) => {
      const read = s3.send(new Read({ ...key, IfNoneMatch: '*' }))

      await expect(read).toFailWith(404, 'NoSuchKey')
    },
  )

  test.for(reads)(
    '%s with If-Modified-Since fails with 404 when the key does not exist',
    evidence(facts.R66),
    async ({ Read }, { s3, key }) => {
      const read = s3.send(new Read({ ...key, IfModifiedSince: new Date('2020-01-01') }))

      await expect(read).toFailWith(404, 'NoSuchKey')
    },
  )

  test.for(reads)(
    '%s with If-Unmodified-Since fails with 404 when the key does not exist',
    evidence(facts.R51),
    async ({ Read }, { s3, key }) => {
      const read = s3.send(new Read({ ...key, IfUnmodifiedSince: new Date('2020-01-01') }))

      await expect(read).toFailWith(404, 'NoSuchKey')
    },
  )

  test(
    'GetObject with a range fails with 404 when the key does not exist',
    evidence(facts.R48),
    async ({ s3, key }) => {
      const read = s3.send(new GetObjectCommand({ ...key, Range: 'bytes=0-3' }))

      await expect(read).toFailWith(404, 'NoSuchKey')
    },
  )

  test(
    'GetObject with a range and If-Match fails with 404 when the key does not exist',
    evidence(facts.R48, facts.R51),
    async ({ s3, key }) => {
      const read = s3.send(new GetObjectCommand({ ...key, Range: 'bytes=0-3', IfMatch: anotherETag }))

      await expect(read).toFailWith(404, 'NoSuchKey')
    },
  )
})
