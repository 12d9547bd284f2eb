import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('A missing key is 403 to a caller who may not list the bucket', guide('conditional-reads'), () => {
  test.for(reads)('%s with If-Match', evidence('R52'), async ([, Read], { anonymous, key }) => {
    const read = anonymous.send(new Read({ ...key, IfMatch: anotherETag }))

    await expect(read).toBeRefused(403, 'AccessDenied')
  })

  test.for(reads)('%s with If-None-Match', evidence('R52'), async ([, Read], { anonymous, key }) => {
    const read = anonymous.send(new Read({ ...key, IfNoneMatch: anotherETag }))

    await expect(read).toBeRefused(403, 'AccessDenied')
  })
})
