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

/** The maximum number of concurrent DeleteObject or AbortMultipartUpload requests. */
const CONCURRENCY = 20

interface Version {
  readonly Key?: string
  readonly VersionId?: string
}

/**
 * Empties and deletes a bucket. Deletes all versions and delete markers, or all objects if the store cannot list
 * versions. Aborts unfinished uploads, because some stores do not delete a bucket that has unfinished uploads.
 * Continues if one of these steps fails.
 * @param mayBeGone whether to ignore the error if the bucket does not exist
 * @throws the error from DeleteBucket or, if that error is a 409, the error from the first step that failed
 */
export async function removeBucket(client: S3Client, Bucket: string, { mayBeGone = true } = {}): Promise<void> {
  const isDirectory = Bucket.endsWith('--x-s3')
  const failures: unknown[] = []
  const attempt = async <T>(step: Promise<T>) => step.catch((error) => void failures.push(error))
  const isListed = !isDirectory && (await attempt(removeVersions(client, Bucket)))
  if (!isListed) await attempt(removeObjects(client, Bucket))
  // Some stores return NoSuchUpload if the bucket has no unfinished uploads.
  await attempt(abortUploads(client, Bucket).catch(unless('NoSuchUpload')))
  try {
    await deleteBucket(client, Bucket, async () => {
      // Some stores list versions incompletely, and requests that were still in flight may have written objects in the
      // meantime.
      await attempt(removeVersions(client, Bucket))
      await attempt(removeObjects(client, Bucket))
    })
  } catch (error) {
    if (mayBeGone && (error as Error).name === 'NoSuchBucket') return
    // A 409 means that the bucket is not empty. The error from the first failed step explains why.
    const [first = error] = failures.filter((failure) => !isUnknownTo(failure))
    throw statusOf(error) === 409 ? first : error
  }
}

/**
 * Deletes a bucket. If DeleteBucket fails with 409, calls `empty` and tries once more.
 * @throws S3ServiceException if the bucket cannot be deleted
 */
async function deleteBucket(client: S3Client, Bucket: string, empty: () => Promise<void>): Promise<void> {
  // Omits the expected owner for a directory bucket, because DeleteBucket would fail with 501.
  const bucket = Bucket.endsWith('--x-s3') ? { Bucket, ExpectedBucketOwner: undefined } : { Bucket }
  try {
    await client.send(new DeleteBucketCommand(bucket))
  } catch (error) {
    if (statusOf(error) !== 409) throw error
    await empty()
    await client.send(new DeleteBucketCommand(bucket))
  }
}

/**
 * Returns true, so that the caller can distinguish success from failure: `attempt` returns undefined after a failure.
 */
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

/** Returns a handler for `catch` that ignores an error with this name and rethrows any other error. */
function unless(name: string): (error: unknown) => void {
  return (error) => {
    if ((error as Error | undefined)?.name !== name) throw error
  }
}

/**
 * Deletes the listed objects or versions. Sends only Key and VersionId, because an ETag from the listing would make the
 * delete conditional.
 */
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
 * Lists a bucket's versions and delete markers, one page at a time. The SDK has no paginator for ListObjectVersions.
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
