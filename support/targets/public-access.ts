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

/** The key of the object that shows whether a policy is effective. */
const TRIAL = 'trial'

/**
 * Allows everybody to get the objects of a bucket, but not to list them. Sends no DELETE request, since a store
 * that ignores its sub-resource would delete the bucket.
 * @param anonymous a client that signs nothing, to wait until the policy is effective; if omitted, the caller waits
 * @throws Unsupported on 403, for example because the account blocks public access
 */
export async function letEverybodyRead(client: S3Client, Bucket: string, anonymous?: S3Client): Promise<void> {
  try {
    await allowEverybody(client, Bucket)
  } catch (error) {
    if (statusOf(error) !== 403) throw error
    throw new Unsupported('public-access', `public buckets are not allowed: ${reasonOf(error)}`)
  }
  if (!anonymous) return
  await client.send(new PutObjectCommand({ Bucket, Key: TRIAL, Body: 'trial' }))
  await eventually(
    () => anonymous.send(new GetObjectCommand({ Bucket, Key: TRIAL })),
    (error) => statusOf(error) === 403,
  )
  await client.send(new DeleteObjectCommand({ Bucket, Key: TRIAL }))
}

function allowEverybody(client: S3Client, Bucket: string): Promise<void> {
  const Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }
  return putPublicPolicy(client, Bucket, JSON.stringify({ Version: '2012-10-17', Statement: [Statement] }))
}

/**
 * Puts a public policy. Removes the block on public access that new buckets have on Amazon S3 and some stores.
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

/** How long the removal of a block may take to become effective. It never does if the account blocks public access. */
const LIFTED_MS = 5_000

async function blocksPublicAccess(client: S3Client, Bucket: string): Promise<boolean> {
  const response = await client.send(new GetPublicAccessBlockCommand({ Bucket })).catch((error) => {
    if (!(error instanceof S3ServiceException)) throw error
  })
  return Object.values(response?.PublicAccessBlockConfiguration ?? {}).includes(true)
}
