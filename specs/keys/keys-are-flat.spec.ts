import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/keys'

/** How another key relates to the tested key, the end of the other key, and the end of the tested key. */
const pairs = [
  ['a key below its key', 'a/b', 'a'],
  ['a key in its folder', 'a/b', 'a/'],
  ['its parent key', 'a', 'a/b'],
  ['its key without the trailing slash', 'a', 'a/'],
  ['its key with a trailing slash', 'a/', 'a'],
  ['the folder of its key', 'a/', 'a/b'],
] as const

describe('The key namespace is flat', docs('object-keys', { severity: 'data' }), () => {
  test.for(pairs)(
    'PutObject with If-None-Match: * succeeds once when %s exists',
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
    'DeleteObject keeps %s, and PutObject with If-None-Match: * succeeds again',
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
