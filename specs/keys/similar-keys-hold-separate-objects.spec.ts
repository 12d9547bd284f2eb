import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, keyClasses, test } from '../../support/test/keys'

describe('Similar keys hold separate objects', docs('object-keys', { severity: 'data' }), () => {
  test.for(keyClasses)(
    'PutObject with If-None-Match: * succeeds once for each of two similar keys, one with %s',
    evidence(facts.K01, facts.K02, facts.P01, facts.P02),
    async ({ texts: [text, other] }, { s3, keyWith }) => {
      const [key, otherKey] = [keyWith(text), keyWith(other)]

      const first = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
      await expect(first).toReturnStatus(200)
      const second = s3.send(new PutObjectCommand({ ...otherKey, Body: 'second', IfNoneMatch: '*' }))
      await expect(second).toReturnStatus(200)
      const third = s3.send(new PutObjectCommand({ ...key, Body: 'third', IfNoneMatch: '*' }))
      await expect(third).toFailWith(412, 'PreconditionFailed')

      await expect(key).toHaveBody('first')
      await expect(otherKey).toHaveBody('second')
    },
  )
})
