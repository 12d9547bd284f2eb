import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('A read of a delete marker fails with 404, or with 405 if a version id is sent', docs('DeleteMarker'), () => {
  test.for(reads)(
    '%s fails with 404 when the current version is a delete marker',
    evidence(facts.R53),
    async ({ Read }, { s3, versionedObject }) => {
      await s3.send(new DeleteObjectCommand(versionedObject.address))

      const read = s3.send(new Read(versionedObject.address))

      await expect(read).toFailWith(404, 'NoSuchKey')
      await expect(read).toHaveHeaders({ 'x-amz-delete-marker': 'true' })
    },
  )

  test.for(reads)(
    '%s with the version id of a delete marker fails with 405',
    evidence(facts.R54),
    async ({ Read }, { s3, versionedObject }) => {
      const { Bucket, Key } = versionedObject.address
      const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key }))
      const { DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }))

      const read = s3.send(new Read({ Bucket, Key, VersionId }))

      await expect(read).toFailWith(405, 'MethodNotAllowed', { Method: 'GET', ResourceType: 'DeleteMarker' })
      await expect(read).toHaveHeaders({
        'x-amz-delete-marker': 'true',
        'last-modified': DeleteMarkers?.[0]?.LastModified?.toUTCString(),
      })
    },
  )
})
