import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const etags = [
  ['an ETag', anotherETag],
  ['ETag: *', '*'],
] as const

// It is unknown whether only the entry or the whole request fails (open question O7).
describe('DeleteObjects with an ETag returns an error when the key has no object', docs('conditional-deletes'), () => {
  test.for(etags)(
    'DeleteObjects with %s returns an error for either the whole request or the entry when the key does not exist',
    evidence(facts.X21),
    async ([, ETag], { s3, key }) => {
      const Objects = [{ Key: key.Key, ETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

      await expect(remove).toDeleteNothing()
      await expect(key).toHaveNoObject()
    },
  )
})
