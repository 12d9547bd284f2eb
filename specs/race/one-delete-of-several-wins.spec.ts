import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

// What a loser is answered is S3's to choose: 412, 404 or 409. That it is refused is not.
describe.sequential('Of several DeleteObject at the same time one deletes', {
  ...docs('conditional-deletes', { promise: 'delete' }),
  ...rounds(10),
}, () => {
  test.for([2, 20])(
    '%s callers: one is answered 204',
    evidence(facts.X01, facts.X16),
    async (callers, { s3, object }) => {
      const { address, ETag } = object
      const deletes = Array.from({ length: callers }, () => {
        return s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))
      })

      await expect(deletes).toHaveOneWinner()
      await expect(object).toHaveNoObject()
    },
  )

  test.for([2, 20])(
    '%s callers: one makes a delete marker',
    evidence(facts.X10, facts.X16),
    async (callers, { s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const deletes = Array.from({ length: callers }, () => {
        return s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))
      })

      await expect(deletes).toHaveOneWinner()
      await expect(versionedObject).toHaveGainedOneVersion()
    },
  )
})
