import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/keys'

/** Each row: the tested key and the existing key as described in the title, then the suffixes of both keys. */
const pairs = [
  ['the key "a"', 'the key "a/b"', 'a', 'a/b'],
  ['the folder "a/"', 'the key "a/b"', 'a/', 'a/b'],
  ['the key "a/b"', 'the key "a"', 'a/b', 'a'],
  ['the folder "a/"', 'the key "a"', 'a/', 'a'],
  ['the key "a"', 'the folder "a/"', 'a', 'a/'],
  ['the key "a/b"', 'the folder "a/"', 'a/b', 'a/'],
] as const

describe('The key namespace is flat', docs('object-keys', { severity: 'data' }), () => {
  test.for(pairs)(
    'PutObject with If-None-Match: * succeeds only once for %s when %s exists',
    evidence(facts.K06, facts.P01, facts.P02),
    async ([, , tested, existing], { s3, keyWith }) => {
      const [key, otherKey] = [keyWith(tested), keyWith(existing)]

      const other = s3.send(new PutObjectCommand({ ...otherKey, Body: 'other', IfNoneMatch: '*' }))
      await expect(other).toReturnStatus(200)
      const first = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
      await expect(first).toReturnStatus(200)
      const second = s3.send(new PutObjectCommand({ ...key, Body: 'second', IfNoneMatch: '*' }))
      await expect(second).toFailWith(412, 'PreconditionFailed')

      await expect(key).toHaveBody('first')
      await expect(otherKey).toHaveBody('other')
    },
  )

  test.for(pairs)(
    'DeleteObject of %s leaves %s unchanged, and PutObject with If-None-Match: * can then recreate the deleted object',
    evidence(facts.K06, facts.P03),
    async ([, , deleted, kept], { s3, keyWith }) => {
      const [key, otherKey] = [keyWith(deleted), keyWith(kept)]
      await s3.send(new PutObjectCommand({ ...otherKey, Body: 'other' }))
      await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))

      await s3.send(new DeleteObjectCommand(key))
      await expect(key).toHaveNoObject()
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'again', IfNoneMatch: '*' }))
      await expect(write).toReturnStatus(200)

      await expect(key).toHaveBody('again')
      await expect(otherKey).toHaveBody('other')
    },
  )
})
