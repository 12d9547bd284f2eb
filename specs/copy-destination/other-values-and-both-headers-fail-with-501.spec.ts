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

describe(
  'CopyObject with an unsupported condition value, or with both If-Match and If-None-Match, fails with 501',
  docs('conditional-writes'),
  () => {
    test(
      'CopyObject with an ETag in If-None-Match fails with 501 when the destination exists',
      evidence(facts.D05),
      async ({ s3, sharedObject, destination }) => {
        const { address, ETag } = destination
        const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfNoneMatch: ETag }))

        await expect(copy).toFailWith(501, 'NotImplemented', notAccepted('If-None-Match'))
        await expect(destination).toBeUnchanged()
      },
    )

    test(
      'CopyObject with an ETag in If-None-Match fails with 501 when the destination does not exist',
      evidence(facts.D05),
      async ({ s3, sharedObject, key }) => {
        const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: sharedObject.ETag }))

        await expect(copy).toFailWith(501, 'NotImplemented', notAccepted('If-None-Match'))
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'CopyObject with If-Match: * fails with 501 when the destination does not exist',
      evidence(facts.D10),
      async ({ s3, sharedObject, key }) => {
        const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfMatch: '*' }))

        await expect(copy).toFailWith(501, 'NotImplemented', notAccepted('If-Match'))
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'CopyObject with both If-Match and If-None-Match fails with 501 when the destination exists',
      evidence(facts.D11),
      async ({ s3, sharedObject: { source }, destination }) => {
        const { address, ETag } = destination
        const copy = s3.send(new CopyObjectCommand({ ...address, ...source, IfMatch: ETag, IfNoneMatch: '*' }))

        await expect(copy).toFailWith(501, 'NotImplemented', multiple)
        await expect(destination).toBeUnchanged()
      },
    )

    test(
      'CopyObject with If-Match: * and an ETag in If-None-Match fails with 501 when the destination does not exist',
      evidence(facts.D11),
      async ({ s3, sharedObject: { source, ETag }, key }) => {
        const copy = s3.send(new CopyObjectCommand({ ...key, ...source, IfMatch: '*', IfNoneMatch: ETag }))

        await expect(copy).toFailWith(501, 'NotImplemented', multiple)
        await expect(key).toHaveNoObject()
      },
    )
  },
)
