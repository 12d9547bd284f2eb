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
  S3ServiceException,
} from '@aws-sdk/client-s3'

/** Requests about single objects and uploads that are under way at the same time. */
const AT_ONCE = 20

interface Version {
  readonly Key?: string
  readonly VersionId?: string
}

/**
 * Empties a bucket and deletes it: all versions and delete markers page by page, the objects if the store lists no
 * versions, and unfinished uploads, for which some stores refuse to delete a bucket. A step that fails keeps none of the
 * others from being tried.
 * @param mayBeGone whether a bucket that is not there is fine
 * @throws what DeleteBucket failed with, or the step before it that did not do its work
 */
export async function removeBucket(client: S3Client, Bucket: string, { mayBeGone = true } = {}): Promise<void> {
  const isDirectory = Bucket.endsWith('--x-s3')
  const failures: unknown[] = []
  const attempt = async <T>(step: Promise<T>) => step.catch((error) => void failures.push(error))
  const isListed = !isDirectory && (await attempt(removeVersions(client, Bucket)))
  if (!isListed) await attempt(removeObjects(client, Bucket))
  // Some stores say so where there are none.
  await attempt(abortUploads(client, Bucket).catch(unless('NoSuchUpload')))
  try {
    await deleteBucket(client, Bucket, async () => {
      // A store may list versions and leave out some, or all; and what was under way may have landed.
      await attempt(removeVersions(client, Bucket))
      await attempt(removeObjects(client, Bucket))
    })
  } catch (error) {
    if (mayBeGone && error instanceof S3ServiceException && error.name === 'NoSuchBucket') return
    // A step that failed is the reason if something is left in the bucket.
    const isLeft = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 409
    const [first = error] = failures.filter((failure) => !isUnknownTo(failure))
    throw isLeft ? first : error
  }
}

/**
 * @param empty empties it once more, if it is refused
 * @throws S3ServiceException when it is refused again
 */
async function deleteBucket(client: S3Client, Bucket: string, empty: () => Promise<void>): Promise<void> {
  // A directory bucket answers 501 to the header that says whose it is.
  const bucket = Bucket.endsWith('--x-s3') ? { Bucket, ExpectedBucketOwner: undefined } : { Bucket }
  try {
    await client.send(new DeleteBucketCommand(bucket))
  } catch (error) {
    if (!(error instanceof S3ServiceException && error.$metadata.httpStatusCode === 409)) throw error
    await empty()
    await client.send(new DeleteBucketCommand(bucket))
  }
}

/**
 * Whether a store says of a request that it does not know it: 501, 405, or 400 for a sub-resource that it ignores.
 * @param error what the request was answered with
 */
export function isUnknownTo(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false
  const { httpStatusCode = 0 } = error.$metadata
  return [400, 405, 501].includes(httpStatusCode) || error.name === 'NotImplemented'
}

/** @returns true; nothing else is returned where it throws */
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
    await inTurns(Uploads, async ({ Key, UploadId }) => {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(unless('NoSuchUpload'))
    })
  }
}

/** For `catch`: takes an error of this name for a success. */
function unless(name: string): (error: unknown) => void {
  return (error) => {
    if ((error as Error | undefined)?.name !== name) throw error
  }
}

/** Only Key and VersionId go into the request: with the ETag of a listing, every delete would be a conditional one. */
async function deleteAll(client: S3Client, Bucket: string, versions: readonly Version[]): Promise<void> {
  if (versions.length === 0) return
  const Objects = versions.map(({ Key = '', VersionId }) => ({ Key, VersionId }))
  try {
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
    if (Errors.length === 0) return
    throw new Error(`it could not be emptied: ${Errors.map(({ Key, Code }) => `${Key} ${Code}`).join(', ')}`)
  } catch (error) {
    if (!isUnknownTo(error)) throw error
    await inTurns(Objects, async (object) => void (await client.send(new DeleteObjectCommand({ Bucket, ...object }))))
  }
}

async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += AT_ONCE) await Promise.all(all.slice(from, from + AT_ONCE).map(work))
}

/**
 * Lists the versions and delete markers of a bucket page by page; the SDK has no paginator for it.
 * @param Prefix narrows them to the keys that begin with it
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
