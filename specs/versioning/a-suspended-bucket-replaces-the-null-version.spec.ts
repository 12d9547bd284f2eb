import { DeleteObjectCommand, GetObjectCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('DeletingObjectsfromVersioningSuspendedBuckets', { needs: ['suspended-versioning'] })

// The tests send no conditional writes because Amazon S3's response to them is unknown (open question O24).
describe('A write to a bucket with suspended versioning replaces the null version', options, () => {
  test(
    'PutObject replaces the null version when versioning is suspended',
    evidence(facts.V01),
    async ({ s3, suspendedObject }) => {
      await s3.send(new PutObjectCommand({ ...suspendedObject.address, Body: 'second' }))

      await expect(suspendedObject).toHaveBody('second')
      await expect(suspendedObject).toHaveVersions(1)
    },
  )

  test(
    'DeleteObject replaces the null version with a delete marker when versioning is suspended',
    evidence(facts.V01, facts.R53),
    async ({ s3, suspendedObject }) => {
      await s3.send(new DeleteObjectCommand(suspendedObject.address))

      const read = s3.send(new GetObjectCommand(suspendedObject.address))

      await expect(read).toFailWith(404, 'NoSuchKey')
      await expect(suspendedObject).toHaveVersions(0, 1)
    },
  )

  test(
    'PutObject and DeleteObject keep all versions except the null version when versioning is suspended',
    evidence(facts.V01),
    async ({ s3, createBucket, newObject }) => {
      const object = await newObject(await createBucket({ versioning: true }))
      const { Bucket } = object.address
      const VersioningConfiguration = { Status: 'Suspended' } as const
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))

      await s3.send(new PutObjectCommand({ ...object.address, Body: 'null version' }))
      await expect(object).toHaveBody('null version')
      await expect(object).toHaveVersions(2)

      await s3.send(new DeleteObjectCommand(object.address))
      await expect(object).toHaveVersions(1, 1)
    },
  )
})
