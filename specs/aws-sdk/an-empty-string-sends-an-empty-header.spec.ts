import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

// What S3 makes of an empty header nobody has recorded, so only what is sent is looked at.
describe('The SDK sends an empty string as an empty header, and undefined as none', docs('conditional-reads'), () => {
  test.for(reads)('%s sends an empty If-Match', evidence(facts.S15), async ({ Read }, { s3, object, sent }) => {
    await expect(s3.send(new Read({ ...object.address, IfMatch: '' }))).toGetAnAnswer()

    expect(sent()).toHaveProperty('if-match', '')
  })

  test.for(reads)('%s sends an empty If-None-Match', evidence(facts.S15), async ({ Read }, { s3, object, sent }) => {
    await expect(s3.send(new Read({ ...object.address, IfNoneMatch: '' }))).toGetAnAnswer()

    expect(sent()).toHaveProperty('if-none-match', '')
  })

  test.for(reads)('%s sends no header for undefined', evidence(facts.S15), async ({ Read }, { s3, object, sent }) => {
    await s3.send(new Read({ ...object.address, IfNoneMatch: undefined }))

    expect(sent()).not.toHaveProperty('if-none-match')
  })
})
