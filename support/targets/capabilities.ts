import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { Capability, UnsupportedCapabilities } from '../stores/store'
import { isNoResponse } from '../wire/no-response'
import { untilVersioned } from './buckets'
import { eventually } from './eventually'
import { putPublicPolicy } from './public-access'
import { failureOf, statusOf } from './s3-errors'

const EFFECT_TIMEOUT_MS = 2_000

class MissingCapability extends Error {
  constructor(
    reason: string,
    readonly status?: number,
  ) {
    super(reason)
  }
}

export interface Probing {
  readonly client: S3Client
  readonly anonymous: S3Client
  /** A client that signs with the run's access key id but a wrong secret access key. */
  readonly stranger: S3Client
  /** Creates a bucket, which is removed after the probe. */
  newBucket(): Promise<string>
}

type Attempt = (capability: Capability, work: () => Promise<void>) => Promise<boolean>

/**
 * Finds out which capabilities a store lacks. Checks the effect of each request, because a store may ignore a request
 * that it does not support. Sends about thirty requests. Continues if a request fails.
 * @param known capabilities that are already known to be missing and therefore are not probed
 * @returns the capabilities that the probe found to be missing, each mapped to an explanation
 */
export async function probe(probing: Probing, known: UnsupportedCapabilities = {}): Promise<UnsupportedCapabilities> {
  const unsupported: Partial<Record<Capability, string>> = {}
  const attempt: Attempt = async (capability, work) => {
    if (known[capability] !== undefined) return false
    try {
      await work()
    } catch (error) {
      const { message, status } = error instanceof MissingCapability ? error : new MissingCapability(failureOf(error))
      // A 403 response to the versioning probe means that a permission is missing, not that the store lacks versioning.
      // The checks that need the permission report the 403.
      if (status !== 403 || capability !== 'versioning') unsupported[capability] = message
    }
    return unsupported[capability] === undefined
  }
  /**
   * Creates a bucket, in which `work` probes `capabilities`. If the bucket cannot be created, reports all of them as
   * missing.
   */
  const inBucket = async (capabilities: readonly Capability[], work: (bucket: string) => Promise<unknown>) => {
    try {
      await work(await probing.newBucket())
    } catch (error) {
      for (const capability of capabilities)
        if (known[capability] === undefined) unsupported[capability] = failureOf(error)
    }
  }
  await Promise.all([
    inBucket(['list-parts', 'sse-s3', 'kms', 'sse-c', 'signature'], (bucket) => objects(probing, bucket, attempt)),
    inBucket(['bucket-policy', 'public-access'], (bucket) => policies(probing, bucket, attempt, unsupported)),
    inBucket(['versioning', 'list-versions', 'suspended-versioning'], async (bucket) => {
      if (await attempt('versioning', () => keepsVersions(probing.client, bucket))) {
        await attempt('list-versions', () => listsVersions(probing.client, bucket))
        // Uses a separate bucket, because some stores cannot delete a bucket with suspended versioning.
        await attempt('suspended-versioning', async () => suspendsVersioning(probing.client, await probing.newBucket()))
      } else unsupported['suspended-versioning'] = unsupported['list-versions'] = unsupported.versioning
    }),
  ])
  return Object.fromEntries(Object.entries(unsupported).filter(([, reason]) => reason !== undefined))
}

async function objects({ client, stranger }: Probing, Bucket: string, attempt: Attempt): Promise<void> {
  await attempt('list-parts', () => listsParts(client, Bucket))
  await attempt('sse-s3', () => encrypts(client, Bucket, 'SSE-S3', 'AES256'))
  await attempt('kms', () => encrypts(client, Bucket, 'SSE-KMS', 'aws:kms'))
  await attempt('sse-c', () => encryptsWithOwnKey(client, Bucket))
  await attempt('signature', () => verifiesSignatures(stranger, Bucket))
}

async function policies(
  { client, anonymous }: Probing,
  Bucket: string,
  attempt: Attempt,
  unsupported: Partial<Record<Capability, string>>,
): Promise<void> {
  if (await attempt('bucket-policy', () => putPolicy(client, Bucket))) {
    await attempt('public-access', () => allowsPublicReads(anonymous, Bucket))
    await attempt('bucket-policy', () => enforcesPolicies(client, Bucket))
  } else unsupported['public-access'] = unsupported['bucket-policy']
}

async function listsParts(client: S3Client, Bucket: string): Promise<void> {
  const upload = { Bucket, Key: 'upload' }
  const { UploadId } = await named('CreateMultipartUpload', client.send(new CreateMultipartUploadCommand(upload)))
  await named('UploadPart', client.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'part' })))
  const { Parts = [] } = await named('ListParts', client.send(new ListPartsCommand({ ...upload, UploadId })))
  if (Parts.length !== 1) throw new MissingCapability(`ListParts should list one part, but lists ${Parts.length}`)
}

async function encrypts(client: S3Client, Bucket: string, name: string, ServerSideEncryption: 'AES256' | 'aws:kms') {
  const put = new PutObjectCommand({ Bucket, Key: ServerSideEncryption, Body: 'text', ServerSideEncryption })
  const stored = await named(`PutObject with ${name}`, client.send(put))
  if (stored.ServerSideEncryption !== ServerSideEncryption && name === 'SSE-KMS') {
    throw new MissingCapability(`the response to PutObject with ${name} does not confirm the encryption`)
  }
}

/** Stores an object with SSE-C, and checks that it cannot be read without the key. */
async function encryptsWithOwnKey(client: S3Client, Bucket: string): Promise<void> {
  const object = { Bucket, Key: 'sse-c' }
  const own = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: Buffer.alloc(32, 'k').toString('base64') }
  await named('PutObject with SSE-C', client.send(new PutObjectCommand({ ...object, Body: 'sse-c', ...own })))
  const isRead = await client.send(new GetObjectCommand(object)).then(() => true, falseIfRejected)
  if (isRead) throw new MissingCapability('an object stored with SSE-C can be read without its key')
}

async function verifiesSignatures(stranger: S3Client, Bucket: string): Promise<void> {
  const put = stranger.send(new PutObjectCommand({ Bucket, Key: 'stranger', Body: 'stranger' }))
  const isStored = await put.then(() => true, falseIfRejected)
  if (isStored) throw new MissingCapability('PutObject with a wrong signature succeeds')
}

/** Sets a bucket policy that allows everybody to read one of two objects and denies everybody access to the other. */
async function putPolicy(client: S3Client, Bucket: string): Promise<void> {
  const Action = 's3:GetObject'
  const [readable, denied] = ['readable', 'denied'].map((Key) => `arn:aws:s3:::${Bucket}/${Key}`)
  const Statement = [
    { Effect: 'Allow', Principal: '*', Action, Resource: readable },
    { Effect: 'Deny', Principal: '*', Action, Resource: denied },
  ]
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  for (const Key of ['readable', 'denied']) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
  await named('PutBucketPolicy', putPublicPolicy(client, Bucket, Policy))
}

async function allowsPublicReads(anonymous: S3Client, Bucket: string): Promise<void> {
  await effect('a bucket policy that allows everybody to read an object has no effect', async () => {
    await anonymous.send(new GetObjectCommand({ Bucket, Key: 'readable' }))
    return true
  })
}

async function enforcesPolicies(client: S3Client, Bucket: string): Promise<void> {
  await effect("a bucket policy that denies reads has no effect on requests signed with the run's credentials", () =>
    client.send(new GetObjectCommand({ Bucket, Key: 'denied' })).then(
      () => false,
      (error) => statusOf(error) === 403,
    ),
  )
}

async function keepsVersions(client: S3Client, Bucket: string): Promise<void> {
  await setVersioning(client, Bucket, 'Enabled')
  const VersionId = await untilVersioned(client, Bucket, EFFECT_TIMEOUT_MS)
  if (!VersionId) throw new MissingCapability('PutBucketVersioning succeeds, but new objects have no version id')
  const version = { Bucket, Key: 'versions' }
  const first = await client.send(new PutObjectCommand({ ...version, Body: 'first' }))
  await client.send(new PutObjectCommand({ ...version, Body: 'second' }))
  const old = new GetObjectCommand({ ...version, VersionId: first.VersionId })
  const { Body } = await named('GetObject of a noncurrent version', client.send(old))
  if ((await Body?.transformToString()) !== 'first') {
    throw new MissingCapability(
      'PutBucketVersioning succeeds, but GetObject with the version id of an overwritten version does not return that version',
    )
  }
}

async function setVersioning(client: S3Client, Bucket: string, Status: 'Enabled' | 'Suspended'): Promise<void> {
  const put = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } })
  await named('PutBucketVersioning', client.send(put))
}

async function listsVersions(client: S3Client, Bucket: string): Promise<void> {
  const { length } = await versionsOf(client, Bucket)
  if (length !== 2) throw new MissingCapability(`ListObjectVersions should list two versions, but lists ${length}`)
}

/** Checks that each write replaces the null version while versioning is suspended. */
async function suspendsVersioning(client: S3Client, Bucket: string): Promise<void> {
  await setVersioning(client, Bucket, 'Enabled')
  await untilVersioned(client, Bucket, EFFECT_TIMEOUT_MS)
  const put = () => client.send(new PutObjectCommand({ Bucket, Key: 'versions', Body: 'null' }))
  await put()
  await setVersioning(client, Bucket, 'Suspended')
  await effect(
    'PutBucketVersioning with status Suspended succeeds, but new objects still get a version id',
    async () => ((await put()).VersionId ?? 'null') === 'null',
  )
  await put()
  const ids = (await versionsOf(client, Bucket)).map(({ VersionId }) => VersionId)
  if (ids.filter((id) => id === 'null').length !== 1) {
    throw new MissingCapability(
      'after versioning was suspended, ListObjectVersions does not list exactly one null version',
    )
  }
}

async function versionsOf(client: S3Client, Bucket: string) {
  const list = new ListObjectVersionsCommand({ Bucket, Prefix: 'versions' })
  return (await named('ListObjectVersions', client.send(list))).Versions ?? []
}

/**
 * Calls `shows` repeatedly until it returns true.
 * @throws MissingCapability if `shows` does not return true in time. The parameter `none` is the error's message.
 */
async function effect(none: string, shows: () => Promise<boolean>): Promise<void> {
  const missing = new MissingCapability(none)
  await eventually(
    async () => {
      if (!(await shows().catch(falseIfRejected))) throw missing
    },
    (error) => error === missing,
    EFFECT_TIMEOUT_MS,
  )
}

/**
 * Returns false if `error` is an error response from the store.
 * @throws `error` if the request got no response
 */
function falseIfRejected(error: unknown): false {
  if (isNoResponse(error)) throw error
  return false
}

/** @throws MissingCapability if the request fails or its response cannot be parsed. The error names the operation. */
async function named<T>(operation: string, request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    throw new MissingCapability(failureOf(error, operation), statusOf(error))
  }
}
