import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/read'

describe('The entity tag is the same in every answer, quotes included', docs('conditional-requests'), () => {
  test(
    'is given by PutObject as the MD5 of the bytes, in quotes',
    evidence(facts.S16, facts.S22),
    async ({ s3, key }) => {
      const put = await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))

      expect(put.ETag).toBeETagOf('first')
    },
  )

  test('is repeated by HeadObject, GetObject and ListObjectsV2', evidence(facts.S16), async ({ s3, key }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: key.Key }))

    await expect(s3.send(new HeadObjectCommand(key))).toHaveOutput({ ETag })
    await expect(s3.send(new GetObjectCommand(key))).toHaveOutput({ ETag })
    expect(Contents).toMatchObject([{ ETag }])
  })

  test(
    'is, as it is listed, what conditions compare with',
    evidence(facts.R01, facts.R06, facts.S16),
    async ({ s3, sharedObject }) => {
      const { Bucket, Key } = sharedObject.address
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))

      const read = s3.send(new GetObjectCommand({ Bucket, Key, IfMatch: Contents?.[0]?.ETag }))
      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })

      const readAgain = s3.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: Contents?.[0]?.ETag }))
      await expect(readAgain).toReturnStatus(304)
    },
  )
})
