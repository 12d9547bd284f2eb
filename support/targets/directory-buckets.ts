import { CreateBucketCommand, paginateListDirectoryBuckets, type S3Client } from '@aws-sdk/client-s3'
import { isUnknownTo } from './s3-errors'
import type { Target } from './target'

/** Whether a run against a target creates directory buckets, which ListBuckets does not list. */
export function hasDirectoryBuckets({ unsupported }: Pick<Target, 'unsupported'>): boolean {
  return unsupported['directory-bucket'] === undefined
}

/** The zone for local stores, which accept any zone. */
const ANY_ZONE = 'use1-az4'

/**
 * Creates a directory bucket.
 * @param client a client that does not create sessions, because a session requires an existing bucket
 * @param name the bucket's name without the suffix `--ZONE--x-s3`
 * @returns the bucket's full name
 * @throws S3ServiceException if S3 rejects the request
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

/** Lists all directory buckets. Returns an empty list if the store does not support ListDirectoryBuckets. */
export async function listDirectoryBuckets(client: S3Client): Promise<{ Name?: string; CreationDate?: Date }[]> {
  const found: { Name?: string; CreationDate?: Date }[] = []
  try {
    for await (const { Buckets = [] } of paginateListDirectoryBuckets({ client }, {})) found.push(...Buckets)
  } catch (error) {
    if (!isUnknownTo(error)) throw error
  }
  return found
}
