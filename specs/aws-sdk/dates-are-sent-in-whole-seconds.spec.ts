import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/aws-sdk'

describe('The SDK sends dates in whole seconds, without what is beyond', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s sends no milliseconds',
    evidence(facts.S13, facts.R15),
    async ({ Read }, { s3, sharedObject, sentHeaders }) => {
      const lastMillisecond = new Date(sharedObject.LastModified.getTime() + 999)
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: lastMillisecond }))

      await expect(read).toReturnStatus(304)
      expect(sentHeaders()).toHaveProperty('if-modified-since', sharedObject.LastModified.toUTCString())
    },
  )
})
