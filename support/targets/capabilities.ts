import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { isNoAnswer } from '../exchange/no-answer'
import type { Capability, Lacks } from '../stores/store'
import { statusOf, untilVersioned } from './buckets'
import { eventually } from './eventually'

/** How long a store may take for a thing to have its effect before it counts as lacking. */
const EFFECTIVE_MS = 2_000

/** What was asked for was refused, with a status, or had no effect. */
class Lacking extends Error {
  constructor(
    reason: string,
    readonly status?: number,
  ) {
    super(reason)
  }
}

/**
 * Finds out what a store that nobody knows lacks: by effect, since a store may accept what it does not know. About twenty
 * requests, all in one new bucket, which afterwards keeps versions.
 * @param client signs as the run does
 * @param anonymous signs nothing
 * @returns each with what was answered, or was not to be seen
 * @throws what says nothing about the store: no answer
 */
export async function probe(client: S3Client, anonymous: S3Client, Bucket: string): Promise<Lacks> {
  const lacks: Partial<Record<Capability, string>> = {}
  const attempt = async (capability: Capability, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Lacking)) throw error
      // Who may not do it learns so from the check that needs it: that says nothing of the store.
      if (error.status !== 403 || capability !== 'versioning') lacks[capability] = error.message
    }
    return lacks[capability] === undefined
  }
  await attempt('list-parts', () => listsParts(client, Bucket))
  await attempt('kms', () => encryptsWithKms(client, Bucket))
  await attempt('sse-c', () => encryptsWithOwnKey(client, Bucket))
  if (await attempt('bucket-policy', () => putPolicy(client, Bucket))) {
    await attempt('public-access', () => letsEverybodyRead(anonymous, Bucket))
    await attempt('bucket-policy', () => enforcesPolicies(client, Bucket))
  } else lacks['public-access'] = lacks['bucket-policy']
  if (await attempt('versioning', () => keepsVersions(client, Bucket))) {
    await attempt('list-versions', () => listsVersions(client, Bucket))
    await attempt('suspended-versioning', () => suspendsVersioning(client, Bucket))
  } else lacks['suspended-versioning'] = lacks['list-versions'] = lacks.versioning
  return lacks
}

async function listsParts(client: S3Client, Bucket: string): Promise<void> {
  const upload = { Bucket, Key: 'upload' }
  const { UploadId } = await named('CreateMultipartUpload', client.send(new CreateMultipartUploadCommand(upload)))
  await named('UploadPart', client.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'part' })))
  const { Parts = [] } = await named('ListParts', client.send(new ListPartsCommand({ ...upload, UploadId })))
  if (Parts.length !== 1) throw new Lacking(`ListParts lists ${Parts.length} parts where there is one`)
}

async function encryptsWithKms(client: S3Client, Bucket: string): Promise<void> {
  const put = new PutObjectCommand({ Bucket, Key: 'kms', Body: 'kms', ServerSideEncryption: 'aws:kms' })
  const { ServerSideEncryption } = await named('PutObject with SSE-KMS', client.send(put))
  if (ServerSideEncryption !== 'aws:kms') throw new Lacking('PutObject with SSE-KMS does not say that it encrypts')
}

/** Whoever has not the key does not get the object. */
async function encryptsWithOwnKey(client: S3Client, Bucket: string): Promise<void> {
  const object = { Bucket, Key: 'sse-c' }
  const own = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: Buffer.alloc(32, 'k').toString('base64') }
  await named('PutObject with SSE-C', client.send(new PutObjectCommand({ ...object, Body: 'sse-c', ...own })))
  const isRead = await client.send(new GetObjectCommand(object)).then(
    () => true,
    (error) => (isNoAnswer(error) ? Promise.reject(error) : false),
  )
  if (isRead) throw new Lacking('an object that is stored with SSE-C is read without its key')
}

/** Of the two objects of the policy everybody may get one, and nobody the other one. */
async function putPolicy(client: S3Client, Bucket: string): Promise<void> {
  const Action = 's3:GetObject'
  const [readable, denied] = ['readable', 'denied'].map((Key) => `arn:aws:s3:::${Bucket}/${Key}`)
  const Statement = [
    { Effect: 'Allow', Principal: '*', Action, Resource: readable },
    { Effect: 'Deny', Principal: '*', Action, Resource: denied },
  ]
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  for (const Key of ['readable', 'denied']) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
  await named('PutBucketPolicy', client.send(new PutBucketPolicyCommand({ Bucket, Policy })))
}

async function letsEverybodyRead(anonymous: S3Client, Bucket: string): Promise<void> {
  await effect('a policy lets nobody read', async () => {
    await anonymous.send(new GetObjectCommand({ Bucket, Key: 'readable' }))
    return true
  })
}

async function enforcesPolicies(client: S3Client, Bucket: string): Promise<void> {
  await effect('a policy keeps nobody from reading', async () => {
    const get = client.send(new GetObjectCommand({ Bucket, Key: 'denied' }))
    return get.then(
      () => false,
      (error) => statusOf(error) === 403,
    )
  })
}

async function keepsVersions(client: S3Client, Bucket: string): Promise<void> {
  const VersioningConfiguration = { Status: 'Enabled' } as const
  const enable = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration })
  await named('PutBucketVersioning', client.send(enable))
  const VersionId = await untilVersioned(client, Bucket, EFFECTIVE_MS)
  if (!VersionId) throw new Lacking('PutBucketVersioning is accepted, and nothing that is written has a version')
  const version = { Bucket, Key: 'versions' }
  const first = await client.send(new PutObjectCommand({ ...version, Body: 'first' }))
  await client.send(new PutObjectCommand({ ...version, Body: 'second' }))
  const old = new GetObjectCommand({ ...version, VersionId: first.VersionId })
  const { Body } = await named('GetObject of an older version', client.send(old))
  if ((await Body?.transformToString()) !== 'first') {
    throw new Lacking('PutBucketVersioning is accepted, and a version that is overwritten is gone')
  }
}

async function listsVersions(client: S3Client, Bucket: string): Promise<void> {
  const { length } = await versionsOf(client, Bucket)
  if (length !== 2) throw new Lacking(`ListObjectVersions lists ${length} versions where there are two`)
}

/** Two more writes under the key of two versions: the second one replaces the first, as the version `null`. */
async function suspendsVersioning(client: S3Client, Bucket: string): Promise<void> {
  const VersioningConfiguration = { Status: 'Suspended' } as const
  const suspend = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration })
  await named('PutBucketVersioning', client.send(suspend))
  const put = () => client.send(new PutObjectCommand({ Bucket, Key: 'versions', Body: 'null' }))
  await effect('versioning that is suspended goes on', async () => ((await put()).VersionId ?? 'null') === 'null')
  await put()
  const ids = (await versionsOf(client, Bucket)).map(({ VersionId }) => VersionId)
  if (ids.length > 0 && ids.filter((id) => id === 'null').length !== 1) {
    throw new Lacking('versioning that is suspended writes no version null')
  }
}

async function versionsOf(client: S3Client, Bucket: string) {
  const list = new ListObjectVersionsCommand({ Bucket, Prefix: 'versions' })
  return (await named('ListObjectVersions', client.send(list))).Versions ?? []
}

/** @throws Lacking where it does not show in time */
async function effect(none: string, shows: () => Promise<boolean>): Promise<void> {
  const missing = new Lacking(none)
  await eventually(
    async () => {
      if (!(await shows().catch((error) => (isNoAnswer(error) ? Promise.reject(error) : false)))) throw missing
    },
    (error) => error === missing,
    EFFECTIVE_MS,
  )
}

/** @throws Lacking for a refusal, or an answer that cannot be read */
async function named<T>(operation: string, request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    if (isNoAnswer(error)) throw error
    const status = statusOf(error)
    const answer = status === undefined ? 'something that cannot be read' : `${status} ${(error as Error).name}`
    throw new Lacking(`${operation} answered ${answer}`, status)
  }
}
