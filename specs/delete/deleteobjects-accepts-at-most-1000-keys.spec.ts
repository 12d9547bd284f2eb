import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const keys = (count: number) => Array.from({ length: count }, (_, n) => `nothing-was-ever-stored-here-${n}`)

describe('DeleteObjects accepts at most 1,000 keys', docs('DeletingMultipleObjects'), () => {
  test('DeleteObjects with 1,000 keys succeeds', evidence(facts.X31), async ({ s3, bucket }) => {
    const Objects = keys(1_000).map((Key) => ({ Key }))
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }))

    await expect(remove).toDelete(keys(1_000))
  })

  test('DeleteObjects with 1,001 keys fails with 400 MalformedXML', evidence(facts.X32), async ({ s3, object }) => {
    const { Bucket, Key } = object.address
    const Objects = [Key, ...keys(1_000)].map((Key) => ({ Key }))
    const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

    await expect(remove).toFailWith(400, 'MalformedXML')
    await expect(object).toBeUnchanged()
  })
})
