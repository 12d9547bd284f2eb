import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { Unsupported } from '../errors'
import { eventually } from './eventually'
import { reasonOf, statusOf } from './s3-errors'

const TRIAL_KEY = 'trial'

/**
 * Allows everybody to read a bucket's objects, but not to list them. Sends no DELETE request with a sub-resource,
 * because a store that ignores the sub-resource would delete the bucket.
 * @param anonymous a client that does not sign its requests, used to wait until the policy takes effect; if omitted,
 * the caller has to wait
 * @throws Unsupported if S3 returns 403, for example because the account blocks public access
 */
export async function letEverybodyRead(client: S3Client, Bucket: string, anonymous?: S3Client): Promise<void> {
  const Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [Statement] })
  try {
    await putPublicPolicy(client, Bucket, Policy)
  } catch (error) {
    if (statusOf(error) !== 403) throw error
    throw new Unsupported('public-access', `public buckets are not allowed: ${reasonOf(error)}`)
  }
  if (!anonymous) return
  await client.send(new PutObjectCommand({ Bucket, Key: TRIAL_KEY, Body: 'trial' }))
  await eventually(
    () => anonymous.send(new GetObjectCommand({ Bucket, Key: TRIAL_KEY })),
    (error) => statusOf(error) === 403,
  )
  await client.send(new DeleteObjectCommand({ Bucket, Key: TRIAL_KEY }))
}

/**
 * Sets a public bucket policy. If necessary, removes the bucket's public access block, which new buckets have on Amazon
 * S3 and on some other stores.
 */
export async function putPublicPolicy(client: S3Client, Bucket: string, Policy: string): Promise<void> {
  const allow = () => client.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  try {
    await allow()
  } catch (error) {
    if (statusOf(error) !== 403 || !(await blocksPublicAccess(client, Bucket))) throw error
    const nothing = {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    }
    await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: nothing }))
    await eventually(allow, (failure) => statusOf(failure) === 403, LIFTED_MS)
  }
}

/**
 * How long to retry PutBucketPolicy after the bucket's public access block has been removed. If the account also blocks
 * public access, every attempt fails.
 */
const LIFTED_MS = 5_000

async function blocksPublicAccess(client: S3Client, Bucket: string): Promise<boolean> {
  const response = await client.send(new GetPublicAccessBlockCommand({ Bucket })).catch((error) => {
    if (!(error instanceof S3ServiceException)) throw error
  })
  return Object.values(response?.PublicAccessBlockConfiguration ?? {}).includes(true)
}
