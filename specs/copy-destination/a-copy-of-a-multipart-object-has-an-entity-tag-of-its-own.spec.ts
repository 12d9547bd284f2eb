import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

describe('A copy of a multipart object has an entity tag of its own', guide('checking-object-integrity'), () => {
  test(
    'it is the MD5 of the bytes, without the part count of the source',
    evidence('D16', 'S23'),
    async ({ s3, multipartObject, key }) => {
      const copy = await s3.send(new CopyObjectCommand({ ...key, CopySource: multipartObject.copySource }))

      expect(multipartObject.ETag).toMatch(/^"[0-9a-f]{32}-1"$/)
      expect(copy.CopyObjectResult?.ETag).toBeETagOf(multipartObject.body)
    },
  )

  test(
    'is what the next If-Match on the copy has to name',
    evidence('D06', 'D16'),
    async ({ s3, multipartObject, sharedObject, key }) => {
      const first = await s3.send(new CopyObjectCommand({ ...key, CopySource: multipartObject.copySource }))

      const IfMatch = first.CopyObjectResult?.ETag
      await s3.send(new CopyObjectCommand({ ...key, CopySource: sharedObject.copySource, IfMatch }))

      await expect(key).toHoldObject(sharedObject.body)
    },
  )

  test(
    'is not the entity tag of the source, for which If-Match refuses',
    evidence('D07', 'D16'),
    async ({ s3, multipartObject, sharedObject, key, remember }) => {
      await s3.send(new CopyObjectCommand({ ...key, CopySource: multipartObject.copySource }))
      const copied = await remember(key)

      const IfMatch = multipartObject.ETag
      const copy = s3.send(new CopyObjectCommand({ ...key, CopySource: sharedObject.copySource, IfMatch }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(copied).toBeUntouched()
    },
  )
})
