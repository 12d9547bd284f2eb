import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

const options = { ...docs('conditional-deletes', { promise: 'delete' }), ...rounds(10) }

// A losing request can fail with 404, 409 or 412.
describe.sequential('Exactly one of several concurrent conditional DeleteObject requests succeeds', options, () => {
  test.for([2, 20])(
    'Exactly one of %s concurrent DeleteObject requests with If-Match succeeds',
    evidence(facts.X01, facts.X16),
    async (count, { s3, object }) => {
      const { address, ETag } = object
      const deletes = Array.from({ length: count }, () =>
        s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag })),
      )

      await expect(deletes).toHaveOneWinner()
      await expect(object).toHaveNoObject()
    },
  )

  test.for([2, 20])(
    'Exactly one of %s concurrent DeleteObject requests with If-Match adds a delete marker',
    evidence(facts.X10, facts.X16),
    async (count, { s3, versionedObject }) => {
      const { address, ETag } = versionedObject
      const deletes = Array.from({ length: count }, () =>
        s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag })),
      )

      await expect(deletes).toHaveOneWinner()
      await expect(versionedObject).toHaveGainedOneVersion()
    },
  )
})
