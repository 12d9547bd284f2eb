import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]
const withoutQuotes = (ETag: string) => ETag.replaceAll('"', '')

describe('The quotes of an entity tag can be left out of a read', guide('conditional-reads'), () => {
  test.for(reads)('%s with If-Match answers 200', evidence('R02'), async ([, Read], { s3, sharedObject }) => {
    const answer = await s3.send(new Read({ ...sharedObject.address, IfMatch: withoutQuotes(sharedObject.ETag) }))

    expect(answer.ETag).toBe(sharedObject.ETag)
  })

  test.for(reads)('%s with If-None-Match answers 304', evidence('R07'), async ([, Read], { s3, sharedObject }) => {
    const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: withoutQuotes(sharedObject.ETag) }))

    await expect(read).toBeNotModified()
  })
})
