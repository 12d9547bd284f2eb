import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, keyClasses, test } from '../../support/test/keys'

describe('A listing returns each key exactly as sent, with its ETag', docs('object-keys', { severity: 'data' }), () => {
  test.for(keyClasses)(
    'PutObject with If-Match succeeds only for the ETag that a listing returns when the key contains %s',
    evidence(facts.K01, facts.K02, facts.P09, facts.P13),
    async ({ texts: [text, other] }, { s3, stem, keyWith }) => {
      const [key, otherKey] = [keyWith(text), keyWith(other)]
      await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))
      await s3.send(new PutObjectCommand({ ...otherKey, Body: 'other' }))

      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: stem }))

      expect(Contents.map(({ Key }) => Key).sort()).toEqual([key.Key, otherKey.Key].sort())
      const listed = Contents.find(({ Key }) => Key === key.Key)
      const stale = s3.send(new PutObjectCommand({ ...key, Body: 'stale', IfMatch: anotherETag }))
      await expect(stale).toFailWith(412, 'PreconditionFailed')
      await expect(key).toHaveBody('first')
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'second', IfMatch: listed?.ETag }))
      await expect(write).toReturnStatus(200)
      await expect(key).toHaveBody('second')
      await expect(otherKey).toHaveBody('other')
    },
  )
})
