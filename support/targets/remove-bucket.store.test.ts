import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { SetupError } from '../errors'
import { stores } from '../stores/stores'
import { createBucket } from './buckets'
import { keyClasses } from './key-classes'
import { removeBucket } from './remove-bucket'
import { readSettings } from './settings'
import { startTarget } from './start'
import { connect, PATIENT } from './target'

/** Keys that contain characters of every class, keys that are path prefixes of other keys, and a long key. */
const keys = [
  ...keyClasses.flatMap(({ texts }) => texts),
  ...['flat', 'flat/', 'flat/key'],
  `${'x'.repeat(99)}/`.repeat(10),
]

/** The stores that a run can start. A test is skipped if this machine lacks what the store needs to start. */
const names = Object.keys(stores).filter((name) => name !== 'aws')

test.for(names.flatMap((name) => [[name, false] as const, [name, true] as const]))(
  'a bucket with every kind of key is removed from %s, with versioning: %s',
  { timeout: 300_000 },
  async ([name, versioning], { skip, onTestFinished }) => {
    const target = await startTarget(readSettings({ S3_TARGET: name }), () => {}).catch((error) => {
      if (!(error instanceof SetupError) || error.missing === undefined) throw error
      return skip(error.message)
    })
    onTestFinished(() => target.stop())
    const s3 = connect(target, PATIENT)
    onTestFinished(() => s3.destroy())
    if (versioning && target.unsupported.versioning !== undefined) skip(target.unsupported.versioning)
    const Bucket = await createBucket(s3, target.runId, { versioning })

    // A store may reject some of the keys.
    const stored = await Promise.allSettled(
      keys.map(async (Key) => {
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'first' }))
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'second' }))
        if (versioning) await s3.send(new DeleteObjectCommand({ Bucket, Key }))
        const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))
        await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }))
      }),
    )
    expect(stored.some(({ status }) => status === 'fulfilled')).toBe(true)
    await removeBucket(s3, Bucket)

    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' })
  },
)
