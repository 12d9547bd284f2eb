import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

// The tests send no version id, because no source documents how S3 evaluates the conditions of a read with one.
describe('A read compares only the ETag of the current version', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Match returns 200 for the ETag of the current version',
    evidence(facts.R01),
    async ({ Read }, { s3, versionedObject }) => {
      const { address } = versionedObject
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const read = s3.send(new Read({ ...address, IfMatch: ETag }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag })
    },
  )

  test.for(reads)(
    '%s with If-Match fails with 412 for the ETag of a noncurrent version',
    evidence(facts.R03),
    async ({ Read }, { s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const read = s3.send(new Read({ ...address, IfMatch: ETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test.for(reads)(
    '%s with If-None-Match returns 304 for the ETag of the current version',
    evidence(facts.R06),
    async ({ Read }, { s3, versionedObject }) => {
      const { address } = versionedObject
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const read = s3.send(new Read({ ...address, IfNoneMatch: ETag }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)(
    '%s with If-None-Match returns 200 for the ETag of a noncurrent version',
    evidence(facts.R08),
    async ({ Read }, { s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const second = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const read = s3.send(new Read({ ...address, IfNoneMatch: ETag }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: second.ETag })
    },
  )
})
