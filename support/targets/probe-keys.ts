import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { escapedKey } from '../wire/keys'
import { exchangeOf, record } from '../wire/record'
import { createBucket } from './buckets'
import { type BrokenKeys, type KeyClass, keyClasses } from './key-classes'
import { removeBucket } from './remove-bucket'
import { failureOf } from './s3-errors'
import { connect, PATIENT, type Target } from './target'

/** The time limit for probing one class. A store may never respond to some of the requests. */
const CLASS_MS = 15_000

/**
 * Finds out which classes of characters a store mishandles in keys. For each class, writes, lists, copies and deletes
 * objects under two keys that a store may confuse. Sends about 75 requests. Never throws, because the run continues
 * even if the probe fails.
 * @param withinMs the time limit for each class
 * @returns the classes that the store mishandles, or all classes if no bucket can be created, each mapped to a
 * description of the problem
 */
export async function probeKeys(target: Target, withinMs = CLASS_MS): Promise<BrokenKeys> {
  const client = connect(target, PATIENT)
  const recorded = record(client, 'fixture', [])
  try {
    const bucket = await createBucket(recorded, target.runId)
    const probed = keyClasses.map(async (keyClass) => [
      keyClass.id,
      await reasonIn(recorded, bucket, keyClass, withinMs),
    ])
    const reasons = await Promise.all(probed)
    // If the bucket cannot be removed here, it is removed or reported at the end of the run.
    await removeBucket(recorded, bucket).catch(() => {})
    return Object.fromEntries(reasons.filter(([, reason]) => reason !== undefined))
  } catch (error) {
    return Object.fromEntries(keyClasses.map(({ id }) => [id, failureOf(error)]))
  } finally {
    client.destroy()
  }
}

/**
 * Describes how a store mishandles keys that contain a character of this class. Returns undefined if the store handles
 * these keys correctly.
 */
async function reasonIn(
  client: S3Client,
  Bucket: string,
  { id, texts }: KeyClass,
  withinMs: number,
): Promise<string | undefined> {
  const inTime = { abortSignal: AbortSignal.timeout(withinMs) }
  const Prefix = `${keyClasses.findIndex((one) => one.id === id)}-`
  const [Key, other] = texts.map((text) => `${Prefix}${text}`) as [string, string]
  const copy = `copy-${Prefix}`
  const listed = async () => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }), inTime)
    return Contents.map((object) => object.Key).sort()
  }
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'first' }), inTime)
    await client.send(new PutObjectCommand({ Bucket, Key: other, Body: 'second' }), inTime)
    if (`${await listed()}` !== `${[Key, other].sort()}`)
      return 'ListObjectsV2 does not list the keys that were written'
    const CopySource = `${Bucket}/${escapedKey(Key)}`
    await client.send(new CopyObjectCommand({ Bucket, Key: copy, CopySource }), inTime)
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: copy }), inTime)
    if ((await Body?.transformToString()) !== 'first') return 'CopyObject copies the wrong object'
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }), inTime)
    await client.send(new DeleteObjectCommand({ Bucket, Key: other }), inTime)
    return `${await listed()}` === '' ? undefined : 'DeleteObjects or DeleteObject does not delete the object'
  } catch (error) {
    const { operation = 'a request' } = exchangeOf(error) ?? {}
    return inTime.abortSignal.aborted ? `no response to ${operation} in time` : failureOf(error)
  }
}
