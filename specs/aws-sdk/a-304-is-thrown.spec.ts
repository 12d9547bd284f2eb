import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/aws-sdk'

describe('The SDK throws an error identified only by its status when S3 returns 304', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with the current ETag in If-None-Match throws an Unknown error with status 304',
    evidence(facts.S01, facts.S03),
    async ({ Read }, { s3, sharedObject }) => {
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
