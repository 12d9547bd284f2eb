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

/** Key of what is written to see that something is effective. */
const TRIAL = 'trial'

/**
 * Allows everybody to get the objects of a bucket, and not to list them.
 * A store may take a sub-resource that it does not know for the bucket itself, so nothing here is sent as DELETE.
 * @param nobody a client that signs nothing, to wait until it may; without, the caller waits itself
 * @throws Unsupported when it is not allowed, e.g. because the account blocks public access; else what was answered
 */
export async function letEverybodyRead(client: S3Client, Bucket: string, nobody?: S3Client): Promise<void> {
  try {
    await allowEverybody(client, Bucket)
  } catch (error) {
    if (statusOf(error) !== 403) throw error
    throw new Unsupported('public-access', `no bucket may be public here: ${reasonOf(error)}`)
  }
  if (!nobody) return
  await client.send(new PutObjectCommand({ Bucket, Key: TRIAL, Body: 'trial' }))
  await eventually(
    () => nobody.send(new GetObjectCommand({ Bucket, Key: TRIAL })),
    (error) => statusOf(error) === 403,
  )
  await client.send(new DeleteObjectCommand({ Bucket, Key: TRIAL }))
}

function allowEverybody(client: S3Client, Bucket: string): Promise<void> {
  const Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }
  return putPublicPolicy(client, Bucket, JSON.stringify({ Version: '2012-10-17', Statement: [Statement] }))
}

/**
 * Puts a policy that allows everybody something: new buckets of Amazon S3, and of stores that do the same, block such
 * policies until it is lifted.
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
    await eventually(allow, (refusal) => statusOf(refusal) === 403, LIFTED_MS)
  }
}

/** How long the end of a block of public access may take to be known; where the whole account blocks, it never is. */
const LIFTED_MS = 5_000

async function blocksPublicAccess(client: S3Client, Bucket: string): Promise<boolean> {
  const answer = await client.send(new GetPublicAccessBlockCommand({ Bucket })).catch((error) => {
    if (!(error instanceof S3ServiceException)) throw error
  })
  return Object.values(answer?.PublicAccessBlockConfiguration ?? {}).includes(true)
}
