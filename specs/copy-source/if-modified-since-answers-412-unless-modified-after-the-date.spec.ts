import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, test } from '../../support/test'

describe('x-amz-copy-source-if-modified-since copies only what was modified later', guide('conditional-reads'), () => {
  test('CopyObject copies for a date before Last-Modified', evidence('C07'), async ({ s3, object, key }) => {
    await s3.send(
      new CopyObjectCommand({
        ...key,
        CopySource: object.copySource,
        CopySourceIfModifiedSince: oneMinuteBefore(object.LastModified),
      }),
    )

    await expect(key).toHoldObject(object.body)
  })

  test('CopyObject answers 412 for Last-Modified itself, never 304', evidence('C06'), async ({ s3, object, key }) => {
    const copy = s3.send(
      new CopyObjectCommand({ ...key, CopySource: object.copySource, CopySourceIfModifiedSince: object.LastModified }),
    )

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Modified-Since' })
    await expect(key).toHoldNothing()
  })
})
