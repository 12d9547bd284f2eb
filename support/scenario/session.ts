import { setTimeout as sleep } from 'node:timers/promises'
import { PutObjectCommand, paginateListObjectsV2, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { difference, type KeyState, stateOfKey } from '../fixtures/objects'
import type { Observation } from '../observation'
import { createBucket } from '../targets/buckets'
import { refusal } from '../targets/check'
import { connect, PATIENT, type Target } from '../targets/target'
import { readChecks } from '../verdicts/manifest'
import { pinsIn, readOwnBaseline } from '../verdicts/stored-results'
import type { Pin } from '../verdicts/verdict'
import { type Exchange, isAccepted, record } from '../wire/record'
import { type Explanation, explain, type Judgement, judge, type Knowledge } from './explain'
import { type Conditions, headersOf, type Place, type Request, textsOf } from './request'
import { sendAs } from './send'
import { stateOf } from './state'
import { type UploadSeen, Uploads } from './uploads'

/** What became of a request. */
export interface Outcome {
  readonly request: Request
  /** The same request with the very values that were sent. */
  readonly again: Request
  readonly exchange: Exchange
  readonly explanation: Explanation
  readonly judgement: Judgement
  /** The known deviation of the store that it is. */
  readonly because?: Pin
  /** What a refused request changed all the same. */
  readonly changed?: Observation
}

/** An object as it is listed. */
export interface Listed extends Place {
  readonly ETag: string
  readonly size: number
  readonly modified: Date
}

/** The buckets and the object that are explored, on one store. */
export interface Scene {
  readonly target: Target
  /** The last one keeps versions, where `keepVersions` was called. */
  readonly buckets: readonly string[]
  readonly object: Place
  /**
   * Creates one more bucket, which keeps versions.
   * @throws S3ServiceException when the store refuses it
   */
  keepVersions(): Promise<string>
  /** Whether a bucket keeps versions. */
  keepsVersions(bucket: string): boolean
  /** Lists all buckets, page by page. */
  list(): Promise<Listed[]>
  /** What a key holds now. */
  look(place: Place): Promise<KeyState>
  /** The multipart uploads that were created, whatever became of them. */
  uploads(): readonly UploadSeen[]
  /**
   * Turns the symbols into values, sends the request, and says what to make of the answer.
   * @throws whatever is no answer to it
   */
  send(request: Request): Promise<Outcome>
}

/**
 * Creates two buckets and an object to explore.
 * @param signal ends all that follows with its reason, but lets the request that is on its way get its answer
 * @throws SetupError when the store refuses it
 */
export async function setScene(target: Target, signal: AbortSignal): Promise<Scene> {
  const exchanges: Exchange[] = []
  // What is explored is sent once; all else as often as it takes, and sees an object whatever its checksums are.
  const client = interruptible(connect(target), signal)
  const patient = connect(target, { ...PATIENT, responseChecksumValidation: 'WHEN_REQUIRED' })
  const observer = interruptible(record(patient, 'matcher', exchanges), signal)
  try {
    const buckets = [await createBucket(observer, target.runId), await createBucket(observer, target.runId)]
    const object = { Bucket: buckets[0] as string, Key: 'hello.txt' }
    await observer.send(new PutObjectCommand({ ...object, Body: 'Hello, conditional requests!' }))
    return explorer(target, buckets, object, { client, observer, signal })
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error
    throw refusal(target.endpoint ?? `Amazon S3 in ${target.region}`, exchanges.at(-1), error)
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

interface Means {
  /** Sends the requests that are explored. */
  readonly client: S3Client
  /** Looks before and after. */
  readonly observer: S3Client
  readonly signal: AbortSignal
}

function explorer(target: Target, buckets: string[], object: Place, { client, observer, signal }: Means): Scene {
  const knowledge: Knowledge = { checks: readChecks(), known: pinsIn(readOwnBaseline(target.store)) }
  const versioned = new Set<string>()
  const uploads = new Uploads()
  const look = ({ Bucket, Key }: Place) => stateOfKey(observer, { Bucket, Key })
  const keepsVersions = (bucket: string) => versioned.has(bucket)

  return {
    target,
    buckets,
    object,
    keepsVersions,
    look,
    uploads: () => uploads.all(),

    async keepVersions() {
      const bucket = await createBucket(observer, target.runId, { versioning: true })
      versioned.add(bucket)
      buckets.push(bucket)
      return bucket
    },

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
      const { operation, address, source, conditions, uploadId } = request
      const key = await look(address)
      const from = source && (await look(source))
      await untilPast(conditions, [key, from], signal)
      const upload = uploads.find(uploadId)
      const now = Date.now()
      const texts = textsOf(conditions, now, key, from)
      const state = stateOf({
        now,
        keepsVersions: keepsVersions(address.Bucket),
        key,
        versionId: address.VersionId,
        source: from,
        upload: upload && uploads.seenBy(upload, key),
      })
      const asked = { operation, key: address.Key, headers: headersOf(texts), versionId: address.VersionId }
      const explanation = explain(asked, state, knowledge)

      const sent = await sendAs(client, request, texts, upload?.partETag)
      uploads.note(request, sent, key, new Date(now))
      const changed = isAccepted(sent.exchange) ? undefined : difference(key, await look(address))
      const judged = judge(sent.exchange, explanation, knowledge, changed)
      const typed = Object.entries(texts).map(([name, text]) => [name, { typed: text }])
      const again = { ...request, conditions: Object.fromEntries(typed) }
      return { request, again, exchange: sent.exchange, explanation, ...judged, changed }
    },
  }
}

/** `after` must not be in the future: an object of this very second has to grow a little older. */
async function untilPast(conditions: Conditions, states: (KeyState | undefined)[], signal: AbortSignal): Promise<void> {
  if (!Object.values(conditions).includes('after')) return
  const modified = states.map((state) => (typeof state?.current === 'object' ? (state.current.modified ?? 0) : 0))
  const wait = Math.max(...modified) + 3_000 - Date.now()
  // Where the clocks differ more than this, waiting would not help.
  if (wait > 0 && wait <= 10_000) await sleep(wait, undefined, { signal })
}
