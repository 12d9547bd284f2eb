import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A * and a list match the source of a copy as they match a read', docs('conditional-reads'), () => {
  test('CopyObject copies with if-match: *', evidence(facts.C18), async ({ s3, sharedObject, key }) => {
    await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: '*' }))

    await expect(key).toHaveBody(sharedObject.body)
  })

  test(
    'CopyObject copies with if-match for a hit in a list',
    evidence(facts.C18),
    async ({ s3, sharedObject, key }) => {
      await s3.send(
        new CopyObjectCommand({
          ...key,
          ...sharedObject.source,
          CopySourceIfMatch: `${anotherETag}, ${sharedObject.ETag}`,
        }),
      )

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject answers 412 to if-match for no hit in a list',
    evidence(facts.C02),
    async ({ s3, sharedObject, key }) => {
      const list = `${anotherETag}, "11111111111111111111111111111111"`
      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: list }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'CopyObject answers 412 to if-none-match for a hit in a list',
    evidence(facts.C19),
    async ({ s3, sharedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          ...sharedObject.source,
          CopySourceIfNoneMatch: `${anotherETag}, ${sharedObject.ETag}`,
        }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
      await expect(key).toHaveNoObject()
    },
  )
})
