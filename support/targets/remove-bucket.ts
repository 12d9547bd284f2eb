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
 * Empties a bucket and deletes it: all versions and delete markers page by page. A store that lists no versions is asked
 * for its objects. Unfinished uploads go with the bucket; where it is refused for them, they are aborted first.
 * @param mayBeGone whether a bucket that is not there is fine
 * @throws S3ServiceException when the store refuses a step; Error naming the keys that it refused to delete
 */
export async function removeBucket(client: S3Client, Bucket: string, { mayBeGone = true } = {}): Promise<void> {
  try {
    const listed = await removeVersions(client, Bucket)
    if (!listed) await removeObjects(client, Bucket)
    try {
      await client.send(new DeleteBucketCommand({ Bucket }))
    } catch (error) {
      if (!(error instanceof S3ServiceException && error.$metadata.httpStatusCode === 409)) throw error
      // A store may count unfinished uploads, or list versions and leave out some, or all.
      await abortUploads(client, Bucket)
      await removeObjects(client, Bucket)
      await client.send(new DeleteBucketCommand({ Bucket }))
    }
  } catch (error) {
    if (!(mayBeGone && error instanceof S3ServiceException && error.name === 'NoSuchBucket')) throw error
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

/** @returns whether the store lists versions at all */
async function removeVersions(client: S3Client, Bucket: string): Promise<boolean> {
  try {
    for await (const { Versions = [], DeleteMarkers = [] } of versionPages(client, Bucket)) {
      await deleteAll(client, Bucket, [...Versions, ...DeleteMarkers])
    }
    return true
  } catch (error) {
    if (isUnknownTo(error)) return false
    throw error
  }
}

async function removeObjects(client: S3Client, Bucket: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    await deleteAll(client, Bucket, Contents)
  }
}

async function abortUploads(client: S3Client, Bucket: string): Promise<void> {
  try {
    for await (const { Uploads = [] } of uploadPages(client, Bucket)) {
      await inTurns(Uploads, async ({ Key, UploadId }) => {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch((error) => {
          if (error?.name !== 'NoSuchUpload') throw error
        })
      })
    }
  } catch (error) {
    if (!isUnknownTo(error)) throw error
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
