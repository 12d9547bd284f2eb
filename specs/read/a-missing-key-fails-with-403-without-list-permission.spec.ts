import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

const options = docs('conditional-reads', { needs: ['bucket-policy'] })

describe('A read of a missing key fails with 403 when the caller lacks the s3:ListBucket permission', options, () => {
  test.for(reads)(
    '%s with If-None-Match returns 200 when the ETag does not match and the caller lacks the s3:ListBucket permission',
    evidence(facts.R08),
    async ({ Read }, { anonymousClient, publicBucket, newObject }) => {
      const object = await newObject(publicBucket)

      const read = anonymousClient.send(new Read({ ...object.address, IfNoneMatch: anotherETag }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: object.ETag })
    },
  )

  test.for(reads)(
    '%s with If-Match fails with 403 for a missing key when the caller lacks the s3:ListBucket permission',
    evidence(facts.R52),
    async ({ Read }, { anonymousClient, publicBucket, newKey }) => {
      const read = anonymousClient.send(new Read({ ...newKey(publicBucket), IfMatch: anotherETag }))

      await expect(read).toFailWith(403, 'AccessDenied')
    },
  )

  test.for(reads)(
    '%s with If-None-Match fails with 403 for a missing key when the caller lacks the s3:ListBucket permission',
    evidence(facts.R52),
    async ({ Read }, { anonymousClient, publicBucket, newKey }) => {
      const read = anonymousClient.send(new Read({ ...newKey(publicBucket), IfNoneMatch: anotherETag }))

      await expect(read).toFailWith(403, 'AccessDenied')
    },
  )

  test.for(reads)(
    '%s with both date conditions fails with 403 for a missing key when the caller lacks the s3:ListBucket permission',
    evidence(facts.R52),
    async ({ Read }, { anonymousClient, publicBucket, newKey }) => {
      const date = new Date('2020-01-01')
      const dates = { IfModifiedSince: date, IfUnmodifiedSince: date }
      const read = anonymousClient.send(new Read({ ...newKey(publicBucket), ...dates }))

      await expect(read).toFailWith(403, 'AccessDenied')
    },
  )
})
