import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/aws-sdk'

const options = docs('conditional-reads')

// No recording shows how S3 treats an empty header, so the tests check only the request.
describe('The SDK sends an empty header for an empty string and no header for undefined', options, () => {
  test.for(reads)(
    '%s sends an empty If-Match header when IfMatch is an empty string',
    evidence(facts.S15),
    async ({ Read }, { s3, sharedObject, sentHeaders }) => {
      await expect(s3.send(new Read({ ...sharedObject.address, IfMatch: '' }))).toGetAnyResponse()

      expect(sentHeaders()).toHaveProperty('if-match', '')
    },
  )

  test.for(reads)(
    '%s sends an empty If-None-Match header when IfNoneMatch is an empty string',
    evidence(facts.S15),
    async ({ Read }, { s3, sharedObject, sentHeaders }) => {
      await expect(s3.send(new Read({ ...sharedObject.address, IfNoneMatch: '' }))).toGetAnyResponse()

      expect(sentHeaders()).toHaveProperty('if-none-match', '')
    },
  )

  test.for(reads)(
    '%s sends no If-None-Match header when IfNoneMatch is undefined',
    evidence(facts.S15),
    async ({ Read }, { s3, sharedObject, sentHeaders }) => {
      await s3.send(new Read({ ...sharedObject.address, IfNoneMatch: undefined }))

      expect(sentHeaders()).not.toHaveProperty('if-none-match')
    },
  )
})
