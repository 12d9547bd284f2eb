import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const notAccepted = (Header: string) => ({
  Header,
  additionalMessage: `We don't accept the provided value of ${Header} header for this API`,
})

const multiple = {
  Header: 'If-Match,If-None-Match',
  additionalMessage: 'Multiple conditional request headers present in the request',
}

describe('Other values, and both headers at once, are not implemented for a copy', docs('conditional-writes'), () => {
  test('If-None-Match with an entity tag is 501', evidence(facts.D05), async ({ s3, sharedObject, destination }) => {
    const { address, ETag } = destination
    const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfNoneMatch: ETag }))

    await expect(copy).toFailWith(501, 'NotImplemented', notAccepted('If-None-Match'))
    await expect(destination).toBeUnchanged()
  })

  test(
    'If-None-Match with an entity tag is 501, on a free key',
    evidence(facts.D05),
    async ({ s3, sharedObject, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: sharedObject.ETag }))

      await expect(copy).toFailWith(501, 'NotImplemented', notAccepted('If-None-Match'))
      await expect(key).toHaveNoObject()
    },
  )

  test('If-Match: * is 501, on a free key', evidence(facts.D10), async ({ s3, sharedObject, key }) => {
    const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfMatch: '*' }))

    await expect(copy).toFailWith(501, 'NotImplemented', notAccepted('If-Match'))
    await expect(key).toHaveNoObject()
  })

  test(
    'If-Match and If-None-Match together are 501',
    evidence(facts.D11),
    async ({ s3, sharedObject, destination }) => {
      const { address, ETag } = destination
      const copy = s3.send(
        new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag, IfNoneMatch: '*' }),
      )

      await expect(copy).toFailWith(501, 'NotImplemented', multiple)
      await expect(destination).toBeUnchanged()
    },
  )

  test(
    'both are 501 with values that are 501 alone, on a free key',
    evidence(facts.D11),
    async ({ s3, sharedObject, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({ ...key, ...sharedObject.source, IfMatch: '*', IfNoneMatch: sharedObject.ETag }),
      )

      await expect(copy).toFailWith(501, 'NotImplemented', multiple)
      await expect(key).toHaveNoObject()
    },
  )
})
