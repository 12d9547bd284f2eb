import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

// Without a version id. With which version one that names an id is compared nobody has recorded.
describe('A read is compared with the current version', docs('conditional-reads'), () => {
  test.for(reads)('%s with If-Match answers 200', evidence(facts.R01), async ({ Read }, { s3, versionedObject }) => {
    const { address } = versionedObject
    const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

    const read = s3.send(new Read({ ...address, IfMatch: ETag }))

    await expect(read).toReturnStatus(200)
    await expect(read).toHaveOutput({ ETag })
  })

  test.for(reads)(
    '%s answers 412 to the version before',
    evidence(facts.R03),
    async ({ Read }, { s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const read = s3.send(new Read({ ...address, IfMatch: ETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test.for(reads)(
    '%s with If-None-Match answers 304',
    evidence(facts.R06),
    async ({ Read }, { s3, versionedObject }) => {
      const { address } = versionedObject
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

      const read = s3.send(new Read({ ...address, IfNoneMatch: ETag }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)('%s answers 200 but to it', evidence(facts.R08), async ({ Read }, { s3, versionedObject }) => {
    const { address, ETag } = versionedObject
    const second = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

    const read = s3.send(new Read({ ...address, IfNoneMatch: ETag }))

    await expect(read).toReturnStatus(200)
    await expect(read).toHaveOutput({ ETag: second.ETag })
  })
})
