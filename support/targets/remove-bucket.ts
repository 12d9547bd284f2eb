import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'
import { isUnknownTo, statusOf } from './s3-errors'

/** How many requests for single objects and uploads are sent concurrently. */
const CONCURRENCY = 20

interface Version {
  readonly Key?: string
  readonly VersionId?: string
}

/**
 * Empties and deletes a bucket. Deletes all versions and delete markers, or all objects if the store cannot list
 * versions. Aborts unfinished uploads, because some stores do not delete a bucket that has any. A failed step does not
 * prevent the next one.
 * @param mayBeGone whether a bucket that does not exist is accepted
 * @throws the error from DeleteBucket or, if the bucket was not empty, from the first step that failed
 */
export async function removeBucket(client: S3Client, Bucket: string, { mayBeGone = true } = {}): Promise<void> {
  const isDirectory = Bucket.endsWith('--x-s3')
  const failures: unknown[] = []
  const attempt = async <T>(step: Promise<T>) => step.catch((error) => void failures.push(error))
  const isListed = !isDirectory && (await attempt(removeVersions(client, Bucket)))
  if (!isListed) await attempt(removeObjects(client, Bucket))
  // Some stores return this error if there are no uploads.
  await attempt(abortUploads(client, Bucket).catch(unless('NoSuchUpload')))
  try {
    await deleteBucket(client, Bucket, async () => {
      // Some stores list versions incompletely, and requests in flight may have written objects in the meantime.
      await attempt(removeVersions(client, Bucket))
      await attempt(removeObjects(client, Bucket))
    })
  } catch (error) {
    if (mayBeGone && (error as Error).name === 'NoSuchBucket') return
    // If the bucket is not empty, the cause is the step that failed.
    const [first = error] = failures.filter((failure) => !isUnknownTo(failure))
    throw statusOf(error) === 409 ? first : error
  }
}

/**
 * @param empty called after a 409 to empty the bucket before the second attempt
 * @throws S3ServiceException
 */
async function deleteBucket(client: S3Client, Bucket: string, empty: () => Promise<void>): Promise<void> {
  // DeleteBucket with an expected owner fails with 501 for a directory bucket.
  const bucket = Bucket.endsWith('--x-s3') ? { Bucket, ExpectedBucketOwner: undefined } : { Bucket }
  try {
    await client.send(new DeleteBucketCommand(bucket))
  } catch (error) {
    if (statusOf(error) !== 409) throw error
    await empty()
    await client.send(new DeleteBucketCommand(bucket))
  }
}

/** Returns true, so that the caller can tell success from a failed attempt. */
async function removeVersions(client: S3Client, Bucket: string): Promise<true> {
  for await (const { Versions = [], DeleteMarkers = [] } of versionPages(client, Bucket)) {
    await deleteAll(client, Bucket, [...Versions, ...DeleteMarkers])
  }
  return true
}

async function removeObjects(client: S3Client, Bucket: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    await deleteAll(client, Bucket, Contents)
  }
}

async function abortUploads(client: S3Client, Bucket: string): Promise<void> {
  for await (const { Uploads = [] } of uploadPages(client, Bucket)) {
    await inBatches(Uploads, async ({ Key, UploadId }) => {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(unless('NoSuchUpload'))
    })
  }
}

/** Returns a handler for `catch` that ignores errors with this name. */
function unless(name: string): (error: unknown) => void {
  return (error) => {
    if ((error as Error | undefined)?.name !== name) throw error
  }
}

/** Sends only Key and VersionId, because the ETag from a listing would make every delete conditional. */
async function deleteAll(client: S3Client, Bucket: string, versions: readonly Version[]): Promise<void> {
  if (versions.length === 0) return
  const Objects = versions.map(({ Key = '', VersionId }) => ({ Key, VersionId }))
  try {
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
    if (Errors.length === 0) return
    throw new Error(`the bucket could not be emptied: ${Errors.map(({ Key, Code }) => `${Key} ${Code}`).join(', ')}`)
  } catch (error) {
    if (!isUnknownTo(error)) throw error
    await inBatches(Objects, async (object) => void (await client.send(new DeleteObjectCommand({ Bucket, ...object }))))
  }
}

async function inBatches<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += CONCURRENCY)
    await Promise.all(all.slice(from, from + CONCURRENCY).map(work))
}

/**
 * Lists the versions and delete markers of a bucket page by page, because the SDK has no paginator for
 * ListObjectVersions.
 */
export async function* versionPages(
  client: S3Client,
  Bucket: string,
  Prefix?: string,
): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {}
  while (from) {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, ...from }),
    )
    yield page
    from = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined
  }
}

async function* uploadPages(client: S3Client, Bucket: string): AsyncGenerator<ListMultipartUploadsCommandOutput> {
  let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}
  while (from) {
    const page: ListMultipartUploadsCommandOutput = await client.send(
      new ListMultipartUploadsCommand({ Bucket, ...from }),
    )
    yield page
    from = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : undefined
  }
}
