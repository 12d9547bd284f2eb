import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

const rewritten = { MetadataDirective: 'REPLACE', Metadata: { rewritten: 'in-place' } } as const

describe('Rewriting metadata in place changes Last-Modified but keeps the ETag', docs('UsingMetadata'), () => {
  test.for(reads)(
    '%s with If-None-Match returns 304 for the original ETag after a metadata-only rewrite',
    evidence(facts.R62),
    async ({ Read }, { s3, agedObject }) => {
      await s3.send(new CopyObjectCommand({ ...agedObject.address, ...agedObject.source, ...rewritten }))

      const read = s3.send(new Read({ ...agedObject.address, IfNoneMatch: agedObject.ETag }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)(
    '%s with If-Modified-Since returns 200 for the original Last-Modified date after a metadata-only rewrite',
    evidence(facts.R62),
    async ({ Read }, { s3, agedObject }) => {
      await s3.send(new CopyObjectCommand({ ...agedObject.address, ...agedObject.source, ...rewritten }))

      const read = s3.send(new Read({ ...agedObject.address, IfModifiedSince: agedObject.LastModified }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: agedObject.ETag })
      await expect(read).not.toHaveOutput({ LastModified: agedObject.LastModified })
    },
  )
})
