import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// If an entry from a listing is sent to DeleteObjects unmodified, its ETag and Size become conditions. Send only its
// Key, or its Key and ETag.
describe('DeleteObjects deletes nothing when a listing is sent back unmodified', docs('conditional-deletes'), () => {
  test(
    'DeleteObjects deletes nothing when the entries of a listing, with ETag and Size, are sent back unmodified',
    evidence(facts.S20, facts.X22),
    async ({ s3, object }) => {
      const { Bucket, Key } = object.address
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))

      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents as { Key: string }[] } }))

      await expect(remove).toDeleteNothing()
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'DeleteObjects with the ETag from a listing deletes the object',
    evidence(facts.S20, facts.X18),
    async ({ s3, object }) => {
      const { Bucket, Key } = object.address
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))

      const Objects = Contents.map(({ Key = '', ETag }) => ({ Key, ETag }))
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([Key])
      await expect(object).toHaveNoObject()
    },
  )

  test(
    'DeleteObjects with the ETag from a listing returns PreconditionFailed if the object has since been overwritten',
    evidence(facts.S20, facts.X19),
    async ({ s3, object, snapshot }) => {
      const { Bucket, Key } = object.address
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'overwritten' }))
      const overwritten = await snapshot(object.address)

      const Objects = Contents.map(({ Key = '', ETag }) => ({ Key, ETag }))
      const remove = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))

      await expect(remove).toDelete([], { [Key]: { Code: 'PreconditionFailed' } })
      await expect(overwritten).toBeUnchanged()
    },
  )
})
