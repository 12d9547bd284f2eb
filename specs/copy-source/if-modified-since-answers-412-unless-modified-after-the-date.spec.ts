import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, oneSecondAfter, test } from '../../support/test'

const Condition = 'x-amz-copy-source-If-Modified-Since'

describe('x-amz-copy-source-if-modified-since copies only what was modified later', guide('conditional-reads'), () => {
  test('CopyObject copies for a date before Last-Modified', evidence('C07'), async ({ s3, sharedObject, key }) => {
    const { copySource: CopySource, LastModified, body } = sharedObject
    const source = { CopySource, CopySourceIfModifiedSince: oneMinuteBefore(LastModified) }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(body)
  })

  test(
    'CopyObject answers 412 for Last-Modified itself, never 304',
    evidence('C06'),
    async ({ s3, sharedObject, key }) => {
      const { copySource: CopySource, LastModified } = sharedObject
      const copy = s3.send(new CopyObjectCommand({ ...key, CopySource, CopySourceIfModifiedSince: LastModified }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(key).toHoldNothing()
    },
  )

  test(
    'CopyObject answers 412 for a date between Last-Modified and now',
    evidence('C05'),
    async ({ s3, agedObject, key }) => {
      const { copySource: CopySource, LastModified } = agedObject
      const source = { CopySource, CopySourceIfModifiedSince: oneSecondAfter(LastModified) }
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition })
      await expect(key).toHoldNothing()
    },
  )
})
