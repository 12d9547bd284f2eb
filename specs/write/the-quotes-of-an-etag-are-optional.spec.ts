import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test, withoutQuotes } from '../../support/test'

const withoutOpeningQuote = (etag: string) => etag.slice(1)

describe('The quotes around an ETag in If-Match are optional for PutObject', docs('conditional-writes'), () => {
  test(
    'PutObject with If-Match succeeds for the current ETag without quotes',
    evidence(facts.P10),
    async ({ s3, object }) => {
      const { address, ETag } = object
      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: withoutQuotes(ETag) }))

      await expect(object).toHaveBody('second')
    },
  )

  test(
    'PutObject with If-Match fails with 412 for an unquoted ETag other than the current one',
    evidence(facts.P13),
    async ({ s3, object }) => {
      const { address } = object
      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: withoutQuotes(anotherETag) }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match succeeds for the current ETag without its opening quote',
    evidence(facts.P11),
    async ({ s3, object }) => {
      const { address, ETag } = object
      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: withoutOpeningQuote(ETag) }))

      await expect(object).toHaveBody('second')
    },
  )

  test(
    'PutObject with If-Match fails with 412 for an ETag that is not the current one and lacks its opening quote',
    evidence(facts.P13),
    async ({ s3, object }) => {
      const { address } = object
      const IfMatch = withoutOpeningQuote(anotherETag)
      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
