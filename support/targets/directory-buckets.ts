import { paginateListDirectoryBuckets, type S3Client } from '@aws-sdk/client-s3'
import { isUnknownTo } from './remove-bucket'
import type { Target } from './target'

/** Whether runs make directory buckets there, which ListBuckets does not show. */
export function hasDirectoryBuckets({ lacks }: Pick<Target, 'lacks'>): boolean {
  return lacks['directory-bucket'] === undefined
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
