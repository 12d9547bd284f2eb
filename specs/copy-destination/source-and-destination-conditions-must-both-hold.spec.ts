import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe(
  'Conditions on the source and on the destination must both hold',
  guide('conditional-writes', { promise: 'destination of a copy' }),
  () => {
    test('copies when both hold', evidence('D14'), async ({ s3, object, destination }) => {
      await s3.send(
        new CopyObjectCommand({
          ...destination.address,
          ...object.source,
          CopySourceIfMatch: object.ETag,
          IfMatch: destination.ETag,
        }),
      )

      await expect(destination).toHoldObject(object.body)
    })

    test('is refused when that on the source fails', evidence('D14'), async ({ s3, object, destination }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...destination.address,
          ...object.source,
          CopySourceIfMatch: anotherETag,
          IfMatch: destination.ETag,
        }),
      )

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(destination).toBeUntouched()
    })

    test('is refused when that on the destination fails', evidence('D14'), async ({ s3, object, destination }) => {
      const copy = s3.send(
        new CopyObjectCommand({
          ...destination.address,
          ...object.source,
          CopySourceIfMatch: object.ETag,
          IfMatch: anotherETag,
        }),
      )

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(destination).toBeUntouched()
    })
  },
)
