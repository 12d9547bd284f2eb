import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/read'

describe('The ETag, including its quotes, is the same in every response', docs('conditional-requests'), () => {
  test(
    'PutObject returns the quoted MD5 of the body as the ETag',
    evidence(facts.S16, facts.S22),
    async ({ s3, key }) => {
      const put = await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))

      expect(put.ETag).toBeETagOf('first')
    },
  )

  test(
    'HeadObject, GetObject and ListObjectsV2 return the ETag that PutObject returned',
    evidence(facts.S16),
    async ({ s3, key }) => {
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: key.Key }))

      await expect(s3.send(new HeadObjectCommand(key))).toHaveOutput({ ETag })
      await expect(s3.send(new GetObjectCommand(key))).toHaveOutput({ ETag })
      expect(Contents).toMatchObject([{ ETag }])
    },
  )

  test(
    'GetObject with the ETag from ListObjectsV2 returns 200 for If-Match and 304 for If-None-Match',
    evidence(facts.R01, facts.R06, facts.S16),
    async ({ s3, sharedObject }) => {
      const { Bucket, Key } = sharedObject.address
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))
      const listed = Contents?.[0]?.ETag

      const read = s3.send(new GetObjectCommand({ Bucket, Key, IfMatch: listed }))
      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })

      const readAgain = s3.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: listed }))
      await expect(readAgain).toReturnStatus(304)
    },
  )
})
