import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, test } from '../../support/test'

describe('x-amz-copy-source-if-unmodified-since refuses what was modified later', guide('conditional-reads'), () => {
  test('CopyObject copies for Last-Modified itself', evidence('C09'), async ({ s3, object, key }) => {
    await s3.send(
      new CopyObjectCommand({
        ...key,
        CopySource: object.copySource,
        CopySourceIfUnmodifiedSince: object.LastModified,
      }),
    )

    await expect(key).toHoldObject(object.body)
  })

  test('CopyObject answers 412 for a date before Last-Modified', evidence('C10'), async ({ s3, object, key }) => {
    const copy = s3.send(
      new CopyObjectCommand({
        ...key,
        CopySource: object.copySource,
        CopySourceIfUnmodifiedSince: oneMinuteBefore(object.LastModified),
      }),
    )

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Unmodified-Since' })
    await expect(key).toHoldNothing()
  })
})
