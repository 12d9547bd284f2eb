import { inject } from 'vitest'
import { forSpecs } from '../fixtures/base'
import { keepsNoVersions } from '../fixtures/objects'
import { setUp } from '../fixtures/set-up'
import { createUpload, initiatedAt } from '../fixtures/uploads'
import { bucketName } from '../targets/buckets'
import { createDirectoryBucket } from '../targets/directory-buckets'
import { connect, PATIENT } from '../targets/target'
import { withFixtures } from '../test'
import { record } from '../wire/record'

export * from '../test'

export const test = forSpecs(
  withFixtures
    /**
     * An S3 Express One Zone directory bucket, shared by all tests in a worker. Needs the capability
     * `directory-bucket`.
     */
    .extend('directoryBucket', ({ shared }) => {
      const { runId, zone } = inject('target')
      return shared('directory bucket', () =>
        setUp('creating a directory bucket', async () => {
          const client = connect(inject('target'), { ...PATIENT, disableS3ExpressSessionAuth: true })
          const bucket = await createDirectoryBucket(record(client, 'fixture', []), bucketName(runId), zone)
          client.destroy()
          return keepsNoVersions(bucket)
        }),
      )
    })
    /** An unused key in `directoryBucket`. */
    .extend('directoryKey', ({ newKey, directoryBucket }) => newKey(directoryBucket))
    /** An object in `directoryBucket` for this test. */
    .extend('directoryObject', ({ newObject, directoryBucket }) => newObject(directoryBucket))
    /**
     * A multipart upload to `directoryKey` that has no parts yet. `Initiated` is the time at which the upload was
     * created.
     */
    .extend('directoryUpload', ({ fixtureClient, observer, directoryKey, track }) =>
      setUp('creating a multipart upload', async () => {
        const upload = track(await createUpload(fixtureClient, observer, directoryKey), directoryKey)
        return { ...upload, Initiated: await initiatedAt(fixtureClient, upload) }
      }),
    )
    /** A client token for RenameObject. It depends only on the test and `FAKER_SEED`. */
    .extend('clientToken', ({ draw }) => draw(({ string }) => string.uuid())),
)
