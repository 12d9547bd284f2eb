import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/aws-sdk'

// What S3 makes of an empty header nobody has recorded, so only what is sent is looked at.
describe('The SDK sends an empty string as an empty header, and undefined as none', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s sends an empty If-Match',
    evidence(facts.S15),
    async ({ Read }, { s3, sharedObject, sentHeaders }) => {
      await expect(s3.send(new Read({ ...sharedObject.address, IfMatch: '' }))).toGetAnyResponse()

      expect(sentHeaders()).toHaveProperty('if-match', '')
    },
  )

  test.for(reads)(
    '%s sends an empty If-None-Match',
    evidence(facts.S15),
    async ({ Read }, { s3, sharedObject, sentHeaders }) => {
      await expect(s3.send(new Read({ ...sharedObject.address, IfNoneMatch: '' }))).toGetAnyResponse()

      expect(sentHeaders()).toHaveProperty('if-none-match', '')
    },
  )

  test.for(reads)(
    '%s sends no header for undefined',
    evidence(facts.S15),
    async ({ Read }, { s3, sharedObject, sentHeaders }) => {
      await s3.send(new Read({ ...sharedObject.address, IfNoneMatch: undefined }))

      expect(sentHeaders()).not.toHaveProperty('if-none-match')
    },
  )
})
