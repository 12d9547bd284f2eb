import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const size = 'x-amz-if-match-size'
const time = 'x-amz-if-match-last-modified-time'

// S3 supports x-amz-if-match-size and x-amz-if-match-last-modified-time only in directory buckets.
describe(
  'DeleteObject with size or time conditions fails with 501 in a general purpose bucket',
  docs('conditional-deletes'),
  () => {
    test(
      'DeleteObject with x-amz-if-match-size fails with 501 in a general purpose bucket',
      evidence(facts.X12),
      async ({ s3, object }) => {
        const IfMatchSize = object.body.length
        const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatchSize }))

        await expect(remove).toFailWith(501, 'NotImplemented', { Header: size })
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'DeleteObject with x-amz-if-match-last-modified-time fails with 501 in a general purpose bucket',
      evidence(facts.X13),
      async ({ s3, object }) => {
        const IfMatchLastModifiedTime = object.LastModified
        const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatchLastModifiedTime }))

        await expect(remove).toFailWith(501, 'NotImplemented', { Header: time })
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'DeleteObject with ETag, size and time conditions fails with 501 in a general purpose bucket even for a wrong ETag',
      evidence(facts.X14),
      async ({ s3, object }) => {
        const { address, body, LastModified } = object
        const conditions = { IfMatch: anotherETag, IfMatchSize: body.length, IfMatchLastModifiedTime: LastModified }
        const remove = s3.send(new DeleteObjectCommand({ ...address, ...conditions }))

        await expect(remove).toFailWith(501, 'NotImplemented', { Header: time })
        await expect(object).toBeUnchanged()
      },
    )
  },
)
