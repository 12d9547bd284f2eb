import { DeleteObjectsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, keyClasses, test } from '../../support/test/keys'

const options = docs('conditional-deletes', { severity: 'data' })

describe('DeleteObjects deletes only the object whose key it names', options, () => {
  test.for(keyClasses)(
    'DeleteObjects with the current ETag deletes only the named object when its key contains %s',
    evidence(facts.K01, facts.X18),
    async ({ texts: [text, other] }, { s3, keyWith }) => {
      const [key, otherKey] = [keyWith(text), keyWith(other)]
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))
      await s3.send(new PutObjectCommand({ ...otherKey, Body: 'other' }))

      const Objects = [{ Key: key.Key, ETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([key.Key])
      await expect(key).toHaveNoObject()
      await expect(otherKey).toHaveBody('other')
    },
  )

  test.for(keyClasses)(
    'DeleteObjects does not delete an object whose key contains %s when the ETag does not match',
    evidence(facts.K01, facts.X19),
    async ({ texts: [text] }, { s3, keyWith }) => {
      const key = keyWith(text)
      await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))

      const Objects = [{ Key: key.Key, ETag: anotherETag }]
      const remove = s3.send(new DeleteObjectsCommand({ Bucket: key.Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([], { [key.Key]: { Code: 'PreconditionFailed' } })
      await expect(key).toHaveBody('first')
    },
  )
})
