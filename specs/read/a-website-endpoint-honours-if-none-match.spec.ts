import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/read'

describe('A static website endpoint honours If-None-Match', docs('WebsiteHosting', { needs: ['website'] }), () => {
  test(
    'A website endpoint returns 304 for a GET request with the current ETag in If-None-Match',
    evidence(facts.R60),
    async ({ s3, website }) => {
      const { Bucket, Key } = { Bucket: website.bucket, Key: 'page' }
      const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'a page' }))

      const read = website.get(Key, { 'if-none-match': ETag })

      await expect(read).toReturnStatus(304)
    },
  )

  test(
    'A website endpoint returns 200 for a GET request with an ETag other than the current one in If-None-Match',
    evidence(facts.R60, facts.R08),
    async ({ s3, website }) => {
      const { Bucket, Key } = { Bucket: website.bucket, Key: 'page' }
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'a page' }))

      const read = website.get(Key, { 'if-none-match': anotherETag })

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ body: 'a page' })
    },
  )
})
