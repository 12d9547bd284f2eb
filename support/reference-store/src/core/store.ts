import { answer, expectedOf } from '../rules/index.ts'
import { accessOf } from './access.ts'
import { verifiedChecksum } from './checksums.ts'
import { type Context, rulesRequestOf, rulesStateOf, type StoreOptions } from './context.ts'
import { corsHeaders } from './cors.ts'
import { entriesIn } from './delete.ts'
import { type Fault, type FaultQueue, type Faults, newFaults } from './faults.ts'
import { HANDLERS } from './handlers.ts'
import { S3Error, type StoreRequest, type StoreResponse } from './message.ts'
import { readRequest, type S3Request } from './request.ts'
import { respondError, respondRefusal } from './respond.ts'
import { verifyPayload, verifySignature } from './signature.ts'
import { newState } from './state.ts'
import { allHeaders, requireKey } from './write.ts'
import { readXml } from './xml.ts'

/** An S3 in memory, without a transport: requests and responses are data. */
export interface Store {
  readonly options: StoreOptions
  readonly faults: Faults
  /** Carries out a whole request. It never rejects: an unexpected exception is logged, and returns 500 InternalError. */
  handle(request: StoreRequest): Promise<StoreResponse>
  /** Begins a request whose body is still on its way. */
  receive(head: StoreRequest): Pending
  /** Drops all buckets and faults. */
  reset(): void
}

/** A request whose head has been read. */
export interface Pending {
  /**
   * The response to a request that fails whatever its body is: a client that waits for `100 Continue` gets it at once,
   * and does not send its body.
   */
  readonly early?: StoreResponse
  /**
   * Reserves memory for bytes of the body that have arrived.
   * @returns false if the store would hold more than `maxBytes`: the transport then calls `finish` without the body
   */
  reserve(bytes: number): boolean
  /** Judges the request, and carries it out; memory that was reserved is released. It never rejects. */
  finish(body: Buffer | undefined, trailers?: Readonly<Record<string, string>>): Promise<StoreResponse>
  /** The client has gone before its body was complete. */
  abandon(): void
}

const ACCOUNT = '000000000000'

/**
 * Creates an empty store.
 * @throws TypeError for a fault that can never happen
 */
export function newStore(options: StoreOptions, initial: readonly Fault[] = []): Store {
  const state = newState()
  const faults = newFaults(initial)
  let underWay = 0

  function receive(head: StoreRequest): Pending {
    const deletes = state.watchDeletes()
    let reserved = 0
    let isFull = false
    const end = () => {
      deletes.end()
      underWay -= reserved
      reserved = 0
    }
    const prepared = prepare()

    function prepare(): Context | S3Error {
      try {
        const request = readRequest(head)
        const { who, signature } = verifySignature(request, head, options)
        const access = accessOf(state.buckets, who, request)
        return {
          ...{ options, state, request, who, access, faults: [], deletes, now: options.now() },
          sent: head,
          ...(signature && { signature }),
        }
      } catch (error) {
        return asS3Error(error, options)
      }
    }

    async function finish(
      body: Buffer | undefined,
      trailers?: Readonly<Record<string, string>>,
    ): Promise<StoreResponse> {
      try {
        if (prepared instanceof S3Error) return respondError(prepared, head.method === 'HEAD')
        if (isFull) {
          options.log?.(
            `${prepared.request.operation} ${prepared.request.bucket} → 503: over ${options.maxBytes} bytes`,
          )
          return respondError(new S3Error(503, 'SlowDown'), false)
        }
        const sent = { ...head, ...(body && { body }), ...(trailers && { trailers }) }
        verifyPayload(sent, options)
        return await carryOut({ ...prepared, sent }, faults)
      } catch (error) {
        return respondError(asS3Error(error, options), head.method === 'HEAD')
      } finally {
        end()
      }
    }

    const early = prepared instanceof S3Error ? respondError(prepared, head.method === 'HEAD') : earlyResponse(prepared)
    return {
      ...(early && { early }),
      reserve(bytes) {
        if (state.bytes() + underWay + bytes > options.maxBytes) isFull = true
        if (isFull) return false
        underWay += bytes
        reserved += bytes
        return true
      },
      finish,
      abandon: end,
    }
  }

  return {
    options,
    faults,
    receive,
    handle(request) {
      const pending = receive(request)
      pending.reserve(request.body?.length ?? 0)
      return pending.finish(request.body, request.trailers)
    },
    reset() {
      state.reset()
      faults.clear()
    },
  }
}

/** The refusal that a request meets whatever its body is; undefined if its body has to be seen. */
function earlyResponse(context: Context): StoreResponse | undefined {
  const { request, access, options } = context
  const isHead = request.method === 'HEAD'
  if (access.refused) return withCors(context, respondRefusal(access.refused, isHead))
  if (request.operation !== 'PutObject' && request.operation !== 'CompleteMultipartUpload') return undefined
  if (!request.isConditional) return undefined
  const early = expectedOf((options.rules ?? answer)(rulesRequestOf(context), rulesStateOf(context, { key: {} })))
  if (early?.kind !== 'refused' || ![400, 403, 501].includes(early.error.status)) return undefined
  return withCors(context, respondRefusal(early.error, isHead))
}

async function carryOut(context: Context, faults: FaultQueue): Promise<StoreResponse> {
  const { request, options, state } = context
  const { keys, isConditional } = subjectOf(context)
  const met = faults.meet(request, keys, isConditional)
  for (const { fault } of met) {
    options.log?.(`${request.operation} ${request.bucket}/${request.key ?? ''} → fault ${fault}`)
  }
  const latency = met.find(({ fault }) => fault === 'latency')
  if (latency) await new Promise((resolve) => setTimeout(resolve, latency.milliseconds))
  const has = (name: Fault['fault']) => met.some(({ fault }) => fault === name)
  const response = withCors(context, respondTo({ ...context, faults: met, now: options.now() }))
  if (response.status === 412 && faults.take('released-meanwhile', request, keys)) {
    const bucket = state.buckets.get(request.bucket)
    if (bucket) state.remove(bucket, request.key ?? '', options.now())
  }
  return has('lost-response') ? { ...response, isLost: true } : response
}

/** What these operations put is a document that changes a setting. Those that put bytes verify their checksum themselves. */
const DOCUMENT = /^Put(?!Object$|ObjectAnnotation$)/

/** The response of a request, without an await from here on: judging and committing are one step. */
function respondTo(context: Context): StoreResponse {
  const { request, sent, options, access, faults } = context
  const { operation } = request
  try {
    if (faults.some(({ fault }) => fault === 'unavailable')) throw new S3Error(503, 'SlowDown')
    if (access.refused) return respondRefusal(access.refused, request.method === 'HEAD')
    for (const name of ['x-amz-expected-bucket-owner', 'x-amz-source-expected-bucket-owner']) {
      if ((request.headers[name] ?? ACCOUNT) !== ACCOUNT) throw new S3Error(403, 'AccessDenied')
    }
    requireKey(request.key)
    if (!operation) {
      const what = [request.method, request.key === undefined ? 'of a bucket' : 'of an object', ...request.query.keys()]
      throw new S3Error(501, 'NotImplemented', `This store does not have the operation ${what.join(' ')}.`)
    }
    if (faults.some(({ fault }) => fault === 'error-in-200')) {
      return { ...respondError(new S3Error(500, 'InternalError'), false), status: 200 }
    }
    if (DOCUMENT.test(operation) && sent.body) verifiedChecksum(allHeaders(context), [sent.body])
    return HANDLERS[operation](context)
  } catch (error) {
    return respondError(asS3Error(error, options), request.method === 'HEAD')
  }
}

/** The keys that a request is about, and whether it has a condition: those of DeleteObjects stand in its body. */
function subjectOf({ request, sent }: Context): { keys: readonly string[]; isConditional: boolean } {
  if (request.operation !== 'DeleteObjects') {
    return { keys: request.key === undefined ? [] : [request.key], isConditional: isConditionalWrite(request) }
  }
  try {
    const entries = entriesIn(readXml(sent.body, 'Delete'))
    return {
      keys: entries.map(({ key }) => key),
      isConditional: entries.some(
        ({ etag, size, lastModifiedTime }) => (etag ?? size ?? lastModifiedTime) !== undefined,
      ),
    }
  } catch {
    return { keys: [], isConditional: false }
  }
}

function isConditionalWrite({ conditions }: S3Request): boolean {
  return (conditions.ifMatch ?? conditions.ifNoneMatch) !== undefined
}

function withCors({ state, request }: Context, response: StoreResponse): StoreResponse {
  if (request.headers.origin === undefined || request.operation === 'Preflight') return response
  const headers = corsHeaders(state.buckets.get(request.bucket), request.method, request.headers)
  return { ...response, headers: { ...response.headers, ...headers } }
}

/** What is not an error of S3 is a fault of this store: it is logged with its stack. */
function asS3Error(error: unknown, { log = console.error }: StoreOptions): S3Error {
  if (error instanceof S3Error) return error
  log(`500 InternalError: ${error instanceof Error ? error.stack : error}`)
  return new S3Error(500, 'InternalError')
}
