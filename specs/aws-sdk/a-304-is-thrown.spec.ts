import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('The SDK throws a 304 as an exception that only its status tells apart', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s rejects with an unnamed client fault',
    evidence('S01', 'S03'),
    async ([, Read], { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))

      await expect(read).rejects.toMatchObject({
        name: 'Unknown',
        message: 'UnknownError',
        $fault: 'client',
        $metadata: { httpStatusCode: 304, attempts: 1 },
      })
    },
  )
})
