import { GetObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

const date = new Date('2020-01-01')
const Range = 'bytes=0-3'

describe('A read of a missing key fails with 404 regardless of preconditions', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Match fails with 404 when the key does not exist',
    evidence(facts.R51),
    async ({ Read }, { s3, key }) => {
      await expect(s3.send(new Read({ ...key, IfMatch: anotherETag }))).toFailWith(404, 'NoSuchKey')
    },
  )

  test.for(reads)(
    '%s with If-None-Match: * fails with 404 when the key does not exist',
    evidence(facts.R66),
    async ({ Read }, { s3, key }) => {
      await expect(s3.send(new Read({ ...key, IfNoneMatch: '*' }))).toFailWith(404, 'NoSuchKey')
    },
  )

  test.for(reads)(
    '%s with If-Modified-Since fails with 404 when the key does not exist',
    evidence(facts.R66),
    async ({ Read }, { s3, key }) => {
      await expect(s3.send(new Read({ ...key, IfModifiedSince: date }))).toFailWith(404, 'NoSuchKey')
    },
  )

  test.for(reads)(
    '%s with If-Unmodified-Since fails with 404 when the key does not exist',
    evidence(facts.R51),
    async ({ Read }, { s3, key }) => {
      await expect(s3.send(new Read({ ...key, IfUnmodifiedSince: date }))).toFailWith(404, 'NoSuchKey')
    },
  )

  test(
    'GetObject with a range fails with 404 when the key does not exist',
    evidence(facts.R48),
    async ({ s3, key }) => {
      await expect(s3.send(new GetObjectCommand({ ...key, Range }))).toFailWith(404, 'NoSuchKey')
    },
  )

  test(
    'GetObject with a range and If-Match fails with 404 when the key does not exist',
    evidence(facts.R48, facts.R51),
    async ({ s3, key }) => {
      await expect(s3.send(new GetObjectCommand({ ...key, Range, IfMatch: anotherETag }))).toFailWith(404, 'NoSuchKey')
    },
  )
})
