import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

describe('Other values, and both headers at once, are not implemented for a copy', guide('conditional-writes'), () => {
  test('If-None-Match with an entity tag is 501', evidence('D05'), async ({ s3, object, destination }) => {
    const { address, ETag } = destination
    const copy = s3.send(new CopyObjectCommand({ ...address, CopySource: object.copySource, IfNoneMatch: ETag }))

    await expect(copy).toBeRefused(501, 'NotImplemented', { Header: 'If-None-Match' })
    await expect(destination).toBeUntouched()
  })

  test('If-Match: * is 501, on a free key', evidence('D10'), async ({ s3, object, key }) => {
    const copy = s3.send(new CopyObjectCommand({ ...key, CopySource: object.copySource, IfMatch: '*' }))

    await expect(copy).toBeRefused(501, 'NotImplemented', { Header: 'If-Match' })
    await expect(key).toHoldNothing()
  })

  test('If-Match and If-None-Match together are 501', evidence('D11'), async ({ s3, object, destination }) => {
    const { address, ETag } = destination
    const copy = s3.send(
      new CopyObjectCommand({ ...address, CopySource: object.copySource, IfMatch: ETag, IfNoneMatch: '*' }),
    )

    await expect(copy).toBeRefused(501, 'NotImplemented', { Header: 'If-Match,If-None-Match' })
    await expect(destination).toBeUntouched()
  })
})
