import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe(
  'x-amz-copy-source-if-none-match answers 412, never 304, to the named entity tag',
  guide('conditional-reads'),
  () => {
    test('CopyObject answers 412 for the current entity tag', evidence('C03'), async ({ s3, object, key }) => {
      const copy = s3.send(
        new CopyObjectCommand({ ...key, CopySource: object.copySource, CopySourceIfNoneMatch: object.ETag }),
      )

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
      await expect(key).toHoldNothing()
    })

    test('CopyObject copies for another entity tag', evidence('C04'), async ({ s3, object, key }) => {
      await s3.send(
        new CopyObjectCommand({ ...key, CopySource: object.copySource, CopySourceIfNoneMatch: anotherETag }),
      )

      await expect(key).toHoldObject(object.body)
    })
  },
)
