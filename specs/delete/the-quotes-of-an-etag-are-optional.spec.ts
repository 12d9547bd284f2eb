import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test, withoutQuotes } from '../../support/test'

describe('The quotes around an ETag in If-Match are optional for DeleteObject', docs('conditional-deletes'), () => {
  test(
    'DeleteObject with If-Match returns 204 for the current ETag without quotes',
    evidence(facts.X02),
    async ({ s3, object }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: withoutQuotes(object.ETag) }))

      await expect(remove).toReturnStatus(204)
      await expect(object).toHaveNoObject()
    },
  )

  test(
    'DeleteObject with If-Match fails with 412 for an unquoted ETag other than the current one',
    evidence(facts.X03),
    async ({ s3, object }) => {
      const remove = s3.send(new DeleteObjectCommand({ ...object.address, IfMatch: withoutQuotes(anotherETag) }))

      await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
