import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('A * and a list match the source of a copy as they match a read', guide('conditional-reads'), () => {
  test('CopyObject with if-match: * copies', evidence('C18'), async ({ s3, sharedObject, key }) => {
    await s3.send(new CopyObjectCommand({ ...key, CopySource: sharedObject.copySource, CopySourceIfMatch: '*' }))

    await expect(key).toHoldObject(sharedObject.body)
  })

  test('CopyObject with if-match copies for a list with a hit', evidence('C18'), async ({ s3, sharedObject, key }) => {
    const source = { CopySource: sharedObject.copySource, CopySourceIfMatch: `${anotherETag}, ${sharedObject.ETag}` }
    await s3.send(new CopyObjectCommand({ ...key, ...source }))

    await expect(key).toHoldObject(sharedObject.body)
  })

  test(
    'CopyObject with if-match answers 412 for a list without a hit',
    evidence('C02'),
    async ({ s3, sharedObject, key }) => {
      const list = `${anotherETag}, "11111111111111111111111111111111"`
      const copy = s3.send(
        new CopyObjectCommand({ ...key, CopySource: sharedObject.copySource, CopySourceIfMatch: list }),
      )

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(key).toHoldNothing()
    },
  )

  test(
    'CopyObject with if-none-match answers 412 for a list with a hit',
    evidence('C19'),
    async ({ s3, sharedObject, key }) => {
      const { copySource: CopySource, ETag } = sharedObject
      const source = { CopySource, CopySourceIfNoneMatch: `${anotherETag}, ${ETag}` }
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
      await expect(key).toHoldNothing()
    },
  )
})
