import { CreateBucketCommand, paginateListDirectoryBuckets, type S3Client } from '@aws-sdk/client-s3'
import { isUnknownTo } from './remove-bucket'
import type { Target } from './target'

/** Whether runs make directory buckets there, which ListBuckets does not show. */
export function hasDirectoryBuckets({ unsupported }: Pick<Target, 'unsupported'>): boolean {
  return unsupported['directory-bucket'] === undefined
}

/** The zone of stores of this machine, which take every one. */
const ANY_ZONE = 'use1-az4'

/**
 * Creates a directory bucket.
 * @param client one that asks for no session: there is none with a bucket that is not there yet
 * @param name the beginning of its name, which ends by saying what it is
 * @returns its whole name
 * @throws S3ServiceException when it is refused
 */
export async function createDirectoryBucket(client: S3Client, name: string, zone = ANY_ZONE): Promise<string> {
  const Bucket = `${name}--${zone}--x-s3`
  const CreateBucketConfiguration = {
    Location: { Type: 'AvailabilityZone', Name: zone },
    Bucket: { Type: 'Directory', DataRedundancy: 'SingleAvailabilityZone' },
  } as const
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }))
  return Bucket
}

/** All directory buckets; none where the store does not know the request. */
export async function listDirectoryBuckets(client: S3Client): Promise<{ Name?: string; CreationDate?: Date }[]> {
  const found: { Name?: string; CreationDate?: Date }[] = []
  try {
    for await (const { Buckets = [] } of paginateListDirectoryBuckets({ client }, {})) found.push(...Buckets)
  } catch (error) {
    if (!isUnknownTo(error)) throw error
  }
  return found
}
