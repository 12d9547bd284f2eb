import { expectedOf } from '../rules/index.ts'
import { accessOf } from './access.ts'
import { verifiedChecksum } from './checksums.ts'
import { type Context, isConditionalEntry, outcomeOf, type StoreOptions } from './context.ts'
import { corsHeaders } from './cors.ts'
import { entriesIn } from './delete.ts'
import type { Fault, Faults } from './fault.ts'
import { type FaultQueue, newFaults } from './faults.ts'
import { HANDLERS } from './handlers.ts'
import { asS3Error, type Headers, S3Error, type StoreRequest, type StoreResponse } from './message.ts'
import { readRequest } from './request.ts'
import { respondFailure } from './respond.ts'
import { verifyPayload, verifySignature } from './signature.ts'
import { newState } from './state.ts'
import { ACCOUNT, notImplemented } from './values.ts'
import { allHeaders } from './write.ts'
import { readXml } from './xml.ts'

/** An in-memory S3 store without a transport. Requests and responses are plain data. */
export interface Store {
  readonly options: StoreOptions
  readonly faults: Faults
  /** Starts processing a request before its body has been received. */
  receive(head: StoreRequest): Pending
  /** Drops all buckets and faults. */
  reset(): void
}

/** A request whose URL and headers have been received. */
export interface Pending {
  /**
   * The response, if the request fails regardless of its body. In this case, a client that waits for `100 Continue`
   * need not send the body.
   */
  readonly early?: StoreResponse
  /**
   * Reserves memory for received bytes of the body.
   * @returns false if the bytes do not fit within `maxBytes`; the transport then calls `finish` without the body
   */
  reserve(bytes: number): boolean
  /** Executes the request, and releases the reserved memory. The promise never rejects. */
  finish(body: Buffer | undefined, trailers?: Headers): Promise<StoreResponse>
  /** Releases the reserved memory without executing the request. Has no effect after `finish`. */
  abandon(): void
}

/**
 * Creates an empty store.
 * @throws TypeError for an invalid fault, such as `conflict` for GetObject
 */
export function newStore(options: StoreOptions, initial: readonly Fault[] = []): Store {
  const state = newState()
  const faults = newFaults(initial)
  let inFlight = 0

  function receive(head: StoreRequest): Pending {
    const deletes = state.watchDeletes()
    let reserved = 0
    let isFull = false
    const end = () => {
      deletes.end()
      inFlight -= reserved
      reserved = 0
    }
    const prepared = prepare()

    function prepare(): Context | S3Error {
      try {
        const request = readRequest(head)
        const { who, signature } = verifySignature(request, head, options)
        const access = accessOf(state.buckets, who, request)
        return {
          options,
          state,
          request,
          who,
          signature,
          access,
          deletes,
          sent: head,
          faults: new Set(),
          now: options.now(),
        }
      } catch (error) {
        return asS3Error(error, head, options.log)
      }
    }

    return {
      early: prepared instanceof S3Error ? respondFailure(prepared) : earlyResponse(prepared),
      reserve(bytes) {
        if (state.bytes() + inFlight + bytes > options.maxBytes) isFull = true
        if (isFull) return false
        inFlight += bytes
        reserved += bytes
        return true
      },
      async finish(body, trailers) {
        try {
          if (prepared instanceof S3Error) throw prepared
          if (isFull) {
            const { operation, bucket } = prepared.request
            options.log(
              `${operation} ${bucket} → 503 SlowDown: the store has no room for the body; its limit is ${options.maxBytes} bytes`,
            )
            throw new S3Error(503, 'SlowDown')
          }
          const sent = { ...head, body, trailers }
          verifyPayload(sent, options)
          return await execute({ ...prepared, sent }, faults)
        } catch (error) {
          return respondFailure(asS3Error(error, head, options.log))
        } finally {
          end()
        }
      },
      abandon: end,
    }
  }

  return {
    options,
    faults,
    receive,
    reset() {
      state.reset()
      faults.clear()
    },
  }
}

/** Returns the response to a request that fails regardless of its body; undefined for any other request. */
function earlyResponse(context: Context): StoreResponse | undefined {
  const { request, access } = context
  if (access.denied) return withCors(context, respondFailure(access.denied))
  if (request.operation !== 'PutObject' && request.operation !== 'CompleteMultipartUpload') return undefined
  if (!request.isConditional) return undefined
  const early = expectedOf(outcomeOf(context, { key: {} }))
  if (early?.kind !== 'failure' || ![400, 403, 501].includes(early.error.status)) return undefined
  return withCors(context, respondFailure(early.error))
}

async function execute(context: Context, faults: FaultQueue): Promise<StoreResponse> {
  const { request, options, state } = context
  const { keys, isConditional } = subjectOf(context)
  const met = faults.meet(request, keys, isConditional)
  const logFault = (fault: Fault['fault']) =>
    options.log(`${request.operation} ${request.bucket}/${request.key ?? ''} → fault ${fault}`)
  for (const { fault } of met) logFault(fault)
  const latency = met.find(({ fault }) => fault === 'latency')
  if (latency) await new Promise((resolve) => setTimeout(resolve, latency.milliseconds))
  const names = new Set(met.map(({ fault }) => fault))
  const response = withCors(context, respondTo({ ...context, faults: names, now: options.now() }))
  if (response.status === 412 && faults.takeRelease(request, keys)) {
    logFault('released-meanwhile')
    const bucket = state.buckets.get(request.bucket)
    if (bucket) state.remove(bucket, request.key ?? '', options.now())
  }
  return names.has('lost-response') ? { ...response, isLost: true } : response
}

const MAX_KEY = 1024

/**
 * Matches operations that put an XML or JSON document. Excludes PutObject and PutObjectAnnotation, whose handlers
 * verify the checksum themselves.
 */
const DOCUMENT = /^Put(?!Object$|ObjectAnnotation$)/

/**
 * Executes a request synchronously, so that no other request can change the store between evaluating the conditions and
 * writing.
 */
function respondTo(context: Context): StoreResponse {
  const { request, sent, options, access, faults } = context
  const { operation } = request
  try {
    if (faults.has('unavailable')) throw new S3Error(503, 'SlowDown')
    if (access.denied) return respondFailure(access.denied)
    for (const name of ['x-amz-expected-bucket-owner', 'x-amz-source-expected-bucket-owner']) {
      if ((request.headers[name] ?? ACCOUNT) !== ACCOUNT) throw new S3Error(403, 'AccessDenied')
    }
    const size = Buffer.byteLength(request.key ?? '')
    if (size > MAX_KEY) {
      const elements = { Size: String(size), MaxSizeAllowed: String(MAX_KEY) }
      throw new S3Error(400, 'KeyTooLongError', '', { elements })
    }
    if (!operation) {
      const what = [request.method, request.key === undefined ? 'Bucket' : 'Object', ...request.query.keys()]
      throw notImplemented(
        `This store does not support the operation ${what.join(' ')}. The README lists the supported operations.`,
      )
    }
    if (faults.has('error-in-200')) return { ...respondFailure(new S3Error(500, 'InternalError')), status: 200 }
    if (DOCUMENT.test(operation) && sent.body) verifiedChecksum(allHeaders(context), [sent.body])
    return HANDLERS[operation](context)
  } catch (error) {
    return respondFailure(asS3Error(error, sent, options.log))
  }
}

/**
 * Returns the keys that a request addresses, and whether the request is conditional. For DeleteObjects, both are read
 * from the body.
 */
function subjectOf({ request, sent }: Context): { keys: readonly string[]; isConditional: boolean } {
  if (request.operation !== 'DeleteObjects') {
    const { ifMatch, ifNoneMatch } = request.conditions
    const isConditional = (ifMatch ?? ifNoneMatch) !== undefined
    return { keys: request.key === undefined ? [] : [request.key], isConditional }
  }
  try {
    const entries = entriesIn(readXml(sent.body, 'Delete'))
    return { keys: entries.map(({ key }) => key), isConditional: entries.some(isConditionalEntry) }
  } catch {
    return { keys: [], isConditional: false }
  }
}

function withCors({ state, request }: Context, response: StoreResponse): StoreResponse {
  if (request.headers.origin === undefined || request.operation === 'Preflight') return response
  const headers = corsHeaders(state.buckets.get(request.bucket), request.method, request.headers)
  return { ...response, headers: { ...response.headers, ...headers } }
}
