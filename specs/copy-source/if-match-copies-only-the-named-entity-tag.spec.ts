import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('x-amz-copy-source-if-match copies only the named entity tag', guide('conditional-reads'), () => {
  test('CopyObject copies for the current entity tag', evidence('C01'), async ({ s3, object, key }) => {
    await s3.send(new CopyObjectCommand({ ...key, CopySource: object.copySource, CopySourceIfMatch: object.ETag }))

    await expect(key).toHoldObject(object.body)
  })

  test('CopyObject answers 412 for another entity tag', evidence('C02'), async ({ s3, object, key }) => {
    const copy = s3.send(
      new CopyObjectCommand({ ...key, CopySource: object.copySource, CopySourceIfMatch: anotherETag }),
    )

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
    await expect(key).toHoldNothing()
  })
})
