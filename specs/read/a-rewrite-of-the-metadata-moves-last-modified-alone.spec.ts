import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]
const rewritten = { MetadataDirective: 'REPLACE', Metadata: { rewritten: 'in-place' } } as const

describe('Metadata rewritten in place moves Last-Modified and keeps the entity tag', guide('UsingMetadata'), () => {
  test.for(reads)('%s: If-None-Match says 304', evidence('R62'), async ([, Read], { s3, ownAgedObject }) => {
    const { address, copySource: CopySource, ETag } = ownAgedObject
    await s3.send(new CopyObjectCommand({ ...address, CopySource, ...rewritten }))

    const read = s3.send(new Read({ ...address, IfNoneMatch: ETag }))

    await expect(read).toBeNotModified()
  })

  test.for(reads)('%s: If-Modified-Since says 200', evidence('R62'), async ([, Read], { s3, ownAgedObject }) => {
    const { address, copySource: CopySource, ETag, LastModified } = ownAgedObject
    await s3.send(new CopyObjectCommand({ ...address, CopySource, ...rewritten }))

    const answer = await s3.send(new Read({ ...address, IfModifiedSince: LastModified }))

    expect(answer.ETag).toBe(ETag)
    expect(answer.LastModified).not.toEqual(LastModified)
  })
})
