import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/keys'

/** The tested key and the existing key in words, the end of the existing key, and the end of the tested key. */
const pairs = [
  ['the key is "a" and "a/b" exists', 'a/b', 'a'],
  ['the key is the folder "a/" and "a/b" exists', 'a/b', 'a/'],
  ['the key is "a/b" and "a" exists', 'a', 'a/b'],
  ['the key is the folder "a/" and "a" exists', 'a', 'a/'],
  ['the key is "a" and the folder "a/" exists', 'a/', 'a'],
  ['the key is "a/b" and the folder "a/" exists', 'a/', 'a/b'],
] as const

describe('The key namespace is flat', docs('object-keys', { severity: 'data' }), () => {
  test.for(pairs)(
    'PutObject with If-None-Match: * succeeds only once when %s',
    evidence(facts.K06, facts.P01, facts.P02),
    async ([, existing, free], { s3, keyWith }) => {
      const [key, otherKey] = [keyWith(free), keyWith(existing)]

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
    'DeleteObject keeps the other object and lets PutObject with If-None-Match: * succeed again when %s',
    evidence(facts.K06, facts.P03),
    async ([, kept, deleted], { s3, keyWith }) => {
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
