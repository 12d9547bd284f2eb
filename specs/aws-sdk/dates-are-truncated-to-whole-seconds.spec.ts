import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/aws-sdk'

describe('The SDK truncates dates to whole seconds', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s sends If-Modified-Since without milliseconds and receives 304 for a date 999 ms after Last-Modified',
    evidence(facts.S13, facts.R15),
    async ({ Read }, { s3, sharedObject, sentHeaders }) => {
      const lastMillisecond = new Date(sharedObject.LastModified.getTime() + 999)
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: lastMillisecond }))

      await expect(read).toReturnStatus(304)
      expect(sentHeaders()).toHaveProperty('if-modified-since', sharedObject.LastModified.toUTCString())
    },
  )
})
