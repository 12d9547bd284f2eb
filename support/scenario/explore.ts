import { setTimeout as sleep } from 'node:timers/promises'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { readChecks } from '../catalogue/checks'
import type { KeyHolds, Moment, Tag } from '../evidence/catalogue'
import { type Exchange, exchangeOf, record } from '../exchange/record'
import { type Address, copySourceOf, difference, type KeyState, remember } from '../fixtures/objects'
import { anotherETag, oneDayAfter, oneSecondAfter, oneSecondBefore } from '../fixtures/values'
import { deviationsIn, knownFile, readRecording } from '../results/files'
import { createBucket } from '../targets/buckets'
import { refusal } from '../targets/check'
import { connect, type Target } from '../targets/target'
import {
  type Asked,
  type Condition,
  type Conditions,
  type Documentation,
  documentationOf,
  isOnSource,
  type Judgement,
  judge,
} from './documented'

/** What a person, or the tour, asks for: an operation on a key, and conditions in symbols. */
export interface Request {
  readonly operation: 'GetObject' | 'HeadObject' | 'CopyObject' | 'PutObject' | 'DeleteObject'
  /** What is read, written or deleted; of a copy, its destination. */
  readonly address: Address
  /** Of a copy. */
  readonly source?: Address
  readonly conditions: Conditions
  /** Of a write. */
  readonly body?: string
}

/** What became of a request. */
export interface Outcome {
  readonly request: Request
  readonly asked: Asked
  readonly exchange: Exchange
  readonly documentation: Documentation
  readonly judgement: Judgement
  /** The known deviations of the store that belong to it. */
  readonly because: Documentation['deviations']
  /** What a refused request changed all the same. */
  readonly changed?: string
}

/** An object as it is listed. */
export interface Listed extends Address {
  readonly ETag: string
  readonly size: number
  readonly modified: Date
}

/** The buckets and the object that are explored, on one store. */
export interface Scene {
  readonly target: Target
  readonly buckets: readonly string[]
  readonly object: Address
  /** Lists both buckets, page by page. */
  list(): Promise<Listed[]>
  /** What a key holds now. */
  holds(address: Address): Promise<KeyHolds>
  /** Turns the symbols into values, sends the request, and says what to make of the answer. */
  send(request: Request): Promise<Outcome>
}

/**
 * Creates two buckets and an object to explore.
 * @param signal ends all that follows with its reason, but lets the request that is on its way get its answer
 * @throws SetupError when the store refuses it
 */
export async function setScene(target: Target, signal: AbortSignal): Promise<Scene> {
  const exchanges: Exchange[] = []
  const client = record(connect(target), 'spec', exchanges)
  // It wants to see what is there, even where a store gives wrong checksums for it.
  const observer = record(connect(target, { responseChecksumValidation: 'WHEN_REQUIRED' }), 'matcher', [])
  for (const { middlewareStack } of [client, observer]) {
    middlewareStack.add(
      (next) => (args) => {
        signal.throwIfAborted()
        return next(args)
      },
      { step: 'initialize', name: 'stopWhenInterrupted' },
    )
  }

  let buckets: string[]
  try {
    buckets = [await createBucket(client, target.runId), await createBucket(client, target.runId)]
    const object = { Bucket: buckets[0] as string, Key: 'hello.txt' }
    await client.send(new PutObjectCommand({ ...object, Body: 'Hello, conditional requests!' }))
    return explorer(target, buckets, object, { client, observer, exchanges, signal })
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error
    throw refusal(target.endpoint ?? `Amazon S3 in ${target.region}`, exchanges.at(-1), error)
  }
}

interface Means {
  /** Sends the requests that are explored, and records them. */
  readonly client: S3Client
  /** Looks before and after. */
  readonly observer: S3Client
  readonly exchanges: Exchange[]
  readonly signal: AbortSignal
}

function explorer(
  target: Target,
  buckets: readonly string[],
  object: Address,
  { client, observer, exchanges, signal }: Means,
): Scene {
  const sources = { checks: readChecks(), known: deviationsIn(readRecording(knownFile(target.store))) }
  const deleted = new Set<string>()
  const id = ({ Bucket, Key }: Address) => `${Bucket}/${Key}`

  const holdsIn = (address: Address, { current }: KeyState): KeyHolds => {
    if (current === 'a delete marker') return 'delete marker'
    if (current === 'nothing') return deleted.has(id(address)) ? 'deleted' : 'nothing'
    return 'object'
  }

  return {
    target,
    buckets,
    object,

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

    async holds(address) {
      return holdsIn(address, await remember(observer, address))
    },

    async send(request) {
      const { operation, address, source, conditions } = request
      const before = await remember(observer, address)
      const sourceState = source && (await remember(observer, source))
      const asked: Asked = {
        operation,
        key: holdsIn(address, before),
        ...(source && sourceState && { source: holdsIn(source, sourceState) }),
        conditions,
      }
      await untilPast(conditions, [before, sourceState], signal)

      const exchange = await exchangeFor(client, request, valuesOf(conditions, before, sourceState), exchanges)
      const status = exchange.response?.status ?? 0
      if (operation === 'DeleteObject' && status < 300 && asked.key === 'object') deleted.add(id(address))
      const changed = status < 300 ? undefined : difference(before, await remember(observer, address))
      const documentation = documentationOf(asked, sources)
      return { request, asked, exchange, documentation, ...judge(exchange, documentation, changed), changed }
    },
  }
}

/** Sends the request as a plain command of the SDK; a refusal is an answer, too. */
async function exchangeFor(
  client: S3Client,
  { operation, address, source, body }: Request,
  conditions: Values,
  exchanges: Exchange[],
): Promise<Exchange> {
  const input = { ...address, ...conditions }
  try {
    if (operation === 'GetObject') {
      const { Body } = await client.send(new GetObjectCommand(input))
      await Body?.transformToString()
    } else if (operation === 'HeadObject') {
      await client.send(new HeadObjectCommand(input))
    } else if (operation === 'PutObject') {
      await client.send(new PutObjectCommand({ ...input, Body: body }))
    } else if (operation === 'DeleteObject') {
      await client.send(new DeleteObjectCommand(input))
    } else {
      await client.send(new CopyObjectCommand({ ...input, CopySource: source && copySourceOf(source) }))
    }
  } catch (error) {
    const refused = exchangeOf(error)
    if (!refused) throw error
    return refused
  }
  return exchanges.at(-1) as Exchange
}

type Values = { [name in Condition]?: name extends `${string}Since` ? Date : string }

/** The header's values for the symbols, from what the key, and a copy's source, hold. */
function valuesOf(conditions: Conditions, key: KeyState, source?: KeyState): Values {
  const values = Object.entries(conditions).map(([name, symbol]) => {
    const current = (isOnSource(name) ? source : key)?.current
    const { ETag = '', modified = Date.now() } = typeof current === 'object' ? current : {}
    return [name, name.endsWith('Since') ? dateFor(symbol as Moment, new Date(modified)) : tagFor(symbol as Tag, ETag)]
  })
  return Object.fromEntries(values)
}

/** The value of a condition on an entity tag. */
export function tagFor(symbol: Tag, current: string): string {
  return {
    current,
    other: anotherETag,
    '*': '*',
    'unquoted current': current.replaceAll('"', ''),
    'list with the current': `${anotherETag}, ${current}`,
    'list without the current': `${anotherETag}, "11111111111111111111111111111111"`,
  }[symbol]
}

/** The value of a condition on a date. */
export function dateFor(symbol: Moment, modified: Date): Date {
  return {
    before: oneSecondBefore(modified),
    at: modified,
    after: oneSecondAfter(modified),
    'a day ahead': oneDayAfter(modified),
  }[symbol]
}

/** `after` must not be in the future: an object of this very second has to grow a little older. */
async function untilPast(conditions: Conditions, states: (KeyState | undefined)[], signal: AbortSignal): Promise<void> {
  if (!Object.values(conditions).includes('after')) return
  const modified = states.map((state) => (typeof state?.current === 'object' ? (state.current.modified ?? 0) : 0))
  const wait = Math.max(...modified) + 3_000 - Date.now()
  // Where the clocks differ more than this, waiting would not help.
  if (wait > 0 && wait <= 10_000) await sleep(wait, undefined, { signal })
}
