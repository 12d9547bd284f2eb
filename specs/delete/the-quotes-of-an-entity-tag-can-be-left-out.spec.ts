import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const withoutQuotes = (ETag: string) => ETag.replaceAll('"', '')

describe('The quotes of an entity tag can be left out of a delete', docs('conditional-deletes'), () => {
  test('deletes for its entity tag', evidence(facts.X02), async ({ s3, ownObject }) => {
    const remove = s3.send(new DeleteObjectCommand({ ...ownObject.address, IfMatch: withoutQuotes(ownObject.ETag) }))

    await expect(remove).toBeAnswered('204')
    await expect(ownObject).toHoldNothing()
  })

  test('is refused for another entity tag', evidence(facts.X03), async ({ s3, ownObject }) => {
    const remove = s3.send(new DeleteObjectCommand({ ...ownObject.address, IfMatch: withoutQuotes(anotherETag) }))

    await expect(remove).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(ownObject).toBeUntouched()
  })
})
