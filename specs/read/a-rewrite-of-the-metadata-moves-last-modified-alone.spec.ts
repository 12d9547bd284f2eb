import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

const rewritten = { MetadataDirective: 'REPLACE', Metadata: { rewritten: 'in-place' } } as const

describe('Metadata rewritten in place moves Last-Modified and keeps the entity tag', docs('UsingMetadata'), () => {
  test.for(reads)('%s answers 304 to If-None-Match', evidence(facts.R62), async ({ Read }, { s3, ownAgedObject }) => {
    await s3.send(new CopyObjectCommand({ ...ownAgedObject.address, ...ownAgedObject.source, ...rewritten }))

    const read = s3.send(new Read({ ...ownAgedObject.address, IfNoneMatch: ownAgedObject.ETag }))

    await expect(read).toBeNotModified()
  })

  test.for(reads)(
    '%s answers 200 to If-Modified-Since',
    evidence(facts.R62),
    async ({ Read }, { s3, ownAgedObject }) => {
      await s3.send(new CopyObjectCommand({ ...ownAgedObject.address, ...ownAgedObject.source, ...rewritten }))

      const read = s3.send(new Read({ ...ownAgedObject.address, IfModifiedSince: ownAgedObject.LastModified }))

      await expect(read).toBeAnswered('200')
      await expect(read).toAnswerWith({ ETag: ownAgedObject.ETag })
      await expect(read).not.toAnswerWith({ LastModified: ownAgedObject.LastModified })
    },
  )
})
