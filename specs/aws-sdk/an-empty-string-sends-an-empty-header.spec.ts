import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

// What S3 makes of an empty header nobody has recorded, so only what is sent is looked at.
describe('The SDK sends an empty string as an empty header, and undefined as none', guide('conditional-reads'), () => {
  test.for(reads)('%s with If-Match: ""', evidence('S15'), async ([, Read], { s3, sharedObject, sent }) => {
    await expect(s3.send(new Read({ ...sharedObject.address, IfMatch: '' }))).toGetAnAnswer()

    expect(sent()).toHaveProperty('if-match', '')
  })

  test.for(reads)('%s with If-None-Match: ""', evidence('S15'), async ([, Read], { s3, sharedObject, sent }) => {
    await expect(s3.send(new Read({ ...sharedObject.address, IfNoneMatch: '' }))).toGetAnAnswer()

    expect(sent()).toHaveProperty('if-none-match', '')
  })

  test.for(reads)('%s with If-None-Match: undefined', evidence('S15'), async ([, Read], { s3, sharedObject, sent }) => {
    await s3.send(new Read({ ...sharedObject.address, IfNoneMatch: undefined }))

    expect(sent()).not.toHaveProperty('if-none-match')
  })
})
