import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { Key, State } from 's3-reference-store/rules'
import { type Address, copySourceOf, type KeyState, snapshot } from '../fixtures/objects'
import { createBucket } from '../targets/buckets'
import { failureAt } from '../targets/check'
import { connect, PATIENT, type Target } from '../targets/target'
import { readChecks } from '../verdicts/manifest'
import { baselineEntries, readOwnBaseline } from '../verdicts/stored-results'
import { type Exchange, record } from '../wire/record'
import { type Explanation, explain, type Judged, judge, type Knowledge } from './explain'
import { type Condition, headersOf, isOnDate, type Request, textsOf } from './request'

export interface Outcome extends Judged {
  readonly request: Request
  readonly explanation: Explanation
}

export interface Listed extends Address {
  readonly ETag: string
  readonly size: number
  readonly modified: Date
}

/** Two buckets on one store. The first bucket contains an object for the user's requests. */
export interface Session {
  readonly target: Target
  readonly buckets: readonly string[]
  readonly object: Address
  /** Lists the objects in both buckets. */
  list(): Promise<Listed[]>
  look(address: Address): Promise<KeyState>
  /**
   * Converts the conditions to header values, sends the request, and judges the response.
   * @throws the SDK's error if a key cannot be read or if the SDK does not send the request
   */
  send(request: Request): Promise<Outcome>
}

/**
 * Creates two buckets and stores an object for the user's requests in the first bucket.
 * @param signal once it is aborted, every new request is rejected with the signal's reason; a request in flight still
 * completes
 * @throws SetupError if the store returns an error while the buckets or the object are being created
 */
export async function startSession(target: Target, signal: AbortSignal): Promise<Session> {
  const exchanges: Exchange[] = []
  // The user's requests are not retried, but the session's own requests are. The session does not verify the checksums
  // of the objects that it reads, because a store can return wrong checksums.
  const client = interruptible(connect(target), signal)
  const patient = connect(target, { ...PATIENT, responseChecksumValidation: 'WHEN_REQUIRED' })
  const observer = interruptible(record(patient, 'matcher', exchanges), signal)
  try {
    const buckets = [await createBucket(observer, target.runId), await createBucket(observer, target.runId)]
    const object = { Bucket: buckets[0] as string, Key: 'hello.txt' }
    await observer.send(new PutObjectCommand({ ...object, Body: 'Hello, conditional requests!' }))
    return sessionOf(target, buckets, object, client, observer)
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error
    throw failureAt(target.endpoint ?? `Amazon S3 in ${target.region}`, exchanges.at(-1), error)
  }
}

function interruptible(client: S3Client, signal: AbortSignal): S3Client {
  client.middlewareStack.add(
    (next) => (args) => {
      signal.throwIfAborted()
      return next(args)
    },
    { step: 'initialize', name: 'stopWhenInterrupted' },
  )
  return client
}

function sessionOf(
  target: Target,
  buckets: readonly string[],
  object: Address,
  client: S3Client,
  observer: S3Client,
): Session {
  const knowledge: Knowledge = { checks: readChecks(), known: baselineEntries(readOwnBaseline(target.store)) }
  const look = (address: Address) => snapshot(observer, address)

  return {
    target,
    buckets,
    object,
    look,

    async list() {
      const found: Listed[] = []
      for (const Bucket of buckets) {
        for await (const { Contents = [] } of paginateListObjectsV2({ client: observer }, { Bucket })) {
          for (const { Key = '', ETag = '', Size: size = 0, LastModified: modified = new Date(0) } of Contents) {
            found.push({ Bucket, Key, ETag, size, modified })
          }
        }
      }
      return found
    },

    async send(request) {
      const { operation, address, source } = request
      const key = await look(address)
      const from = source && (await look(source))
      const now = Date.now()
      const texts = textsOf(request.conditions, now, key, from)
      const headers = headersOf(texts)
      const explanation = explain({ operation, key: address.Key, headers }, stateOf(now, key, from), knowledge)
      const sent = sendAs(record(client, 'spec', []), request, texts)
      return { request, explanation, ...(await judge(sent, explanation, knowledge, key)) }
    },
  }
}

/** Converts the observed state of the key and, for a copy, of the source into input for the rules. */
export function stateOf(now: number, key: KeyState, source?: KeyState): State {
  return {
    now: new Date(now),
    bucket: { versioning: 'never', directory: false },
    key: keyOf(key),
    ...(source && { source: keyOf(source) }),
  }
}

function keyOf({ current }: KeyState): Key {
  if (typeof current !== 'object') return {}
  const { ETag: etag = '', modified = 0, body } = current
  return { current: { etag, lastModified: new Date(modified), size: Buffer.byteLength(body) } }
}

/** Sends a request as the corresponding SDK command. */
async function sendAs(
  client: S3Client,
  { operation, address: { Bucket, Key }, source, body = '' }: Request,
  texts: { readonly [name in Condition]?: string },
): Promise<unknown> {
  const conditions = Object.entries(texts).map(([name, text]) => [
    name,
    isOnDate(name as Condition) ? new Date(text) : text,
  ])
  const input = { Bucket, Key, ...Object.fromEntries(conditions) }
  switch (operation) {
    case 'GetObject': {
      const output = await client.send(new GetObjectCommand(input))
      await output.Body?.transformToString()
      return output
    }
    case 'HeadObject':
      return client.send(new HeadObjectCommand(input))
    case 'PutObject':
      return client.send(new PutObjectCommand({ ...input, Body: Buffer.from(body) }))
    case 'CopyObject':
      return client.send(new CopyObjectCommand({ ...input, CopySource: source && copySourceOf(source) }))
  }
}
