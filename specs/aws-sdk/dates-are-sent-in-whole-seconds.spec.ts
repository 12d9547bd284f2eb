import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('The SDK sends dates in whole seconds, without what is beyond', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s with the last millisecond of a second',
    evidence('S13', 'R15'),
    async ([, Read], { s3, sharedObject, sent }) => {
      const lastMillisecond = new Date(sharedObject.LastModified.getTime() + 999)
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: lastMillisecond }))

      await expect(read).toBeNotModified()
      expect(sent()).toHaveProperty('if-modified-since', sharedObject.LastModified.toUTCString())
    },
  )
})
