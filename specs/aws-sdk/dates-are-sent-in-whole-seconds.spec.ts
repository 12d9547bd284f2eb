import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

describe('The SDK sends dates in whole seconds, without what is beyond', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s sends no milliseconds',
    evidence(facts.S13, facts.R15),
    async ({ Read }, { s3, object, sent }) => {
      const lastMillisecond = new Date(object.LastModified.getTime() + 999)
      const read = s3.send(new Read({ ...object.address, IfModifiedSince: lastMillisecond }))

      await expect(read).toBeNotModified()
      expect(sent()).toHaveProperty('if-modified-since', object.LastModified.toUTCString())
    },
  )
})
