import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import type { ResponseFields } from '../observation'
import { responseSentence } from '../sentence'
import { bytesOf } from './body'
import { type Entry, entriesIn } from './entries'
import { isClosed } from './no-response'
import { noteRaces } from './raced'
import { harmless, hide, rememberSecretsOf } from './secrets'
import { elementOf, isError } from './xml'

/** Who sent a request: the spec itself, a fixture before or after it, or a matcher that looks at what has changed. */
export type Sender = 'spec' | 'fixture' | 'matcher'

/** One attempt of one request as it went over the wire, without anything secret. */
export interface Exchange {
  by: Sender
  /** The S3 operation, `PutObject`. */
  operation: string
  /** `entries`: of DeleteObjects, the keys that the body names, each with its conditions by the names of their headers. */
  request: { method: string; path: string; headers: Record<string, string>; entries?: Entry[] }
  /** Absent if no response came. */
  response?: RecordedResponse
  /** The store closed the connection before a response came. */
  closed?: true
}

export interface RecordedResponse {
  status: number
  headers: Record<string, string>
  /** Elements of the error's XML, whatever the status is; without what S3 says of the caller. */
  error?: Partial<Record<ErrorElement, string>>
  /** Of a body that should be an error's XML and is not: its length. */
  unreadableBytes?: number
}

/**
 * Only these headers are recorded, so that no key, token or signature can ever reach a log:
 * what a conditional request is made of, and what S3 says about the object, and of the bucket's region, in its answer.
 */
const RECORDED =
  /^(if-.*|range|retry-after|x-amz-copy-source(?!-server).*|x-amz-if-.*|x-amz-rename-source(?:-if-.*)?|x-amz-object-if-match|x-amz-write-offset-bytes|x-amz-metadata-directive|x-amz-checksum-mode|etag|last-modified|content-type|content-length|content-range|x-amz-version-id|x-amz-delete-marker|x-amz-copy-source-version-id|x-amz-server-side-encryption|x-amz-bucket-region|allow)$/

/** The elements of an error that are recorded, for the same reason. */
const ERROR_ELEMENTS = [
  'Code',
  'Message',
  'Condition',
  'Header',
  'HeadersNotSigned',
  'additionalMessage',
  'Key',
  'Method',
  'ResourceType',
  'RangeRequested',
  'ActualObjectSize',
  'Region',
  'RequestId',
] as const
export type ErrorElement = (typeof ERROR_ELEMENTS)[number]

/**
 * The query parameters that select an object, a version or a part, and say which headers are signed. Of a presigned URL
 * those that stand for a recorded header are recorded, too; all others, signatures among them, are left out.
 */
const RECORDED_QUERY =
  /^(versionId|versions|uploads|uploadId|partNumber|prefix|list-type|delete|website|versioning|policy|publicAccessBlock|session|renameObject|X-Amz-SignedHeaders)$/

/** The exchange that an output or an error of a recorded client came from. */
const exchanges = new WeakMap<object, Exchange>()

interface HttpRequest {
  method: string
  path: string
  headers: Record<string, string>
  query?: Record<string, unknown>
}

interface HttpResponse {
  statusCode: number
  headers: Record<string, string>
  body?: unknown
}

/**
 * Records every attempt of a client into `sink`; the innermost middleware sees what really goes out. What the client
 * throws shows nothing secret, wherever it is printed.
 * @param by who uses the client
 * @returns the client with a middleware stack of its own, so that each test can record the one client of its worker:
 * to make a client takes longer than to send a request with it
 */
export function record(client: S3Client, by: Sender, sink: Exchange[]): S3Client {
  const recorded: S3Client = Object.create(client, { middlewareStack: { value: client.middlewareStack.clone() } })
  recorded.middlewareStack.add(
    (next, context) => async (args) => {
      // The attempts of this request; the SDK hands the context of a command to all of its middleware.
      const attempts: Exchange[] = []
      Object.assign(context, { attempts })
      try {
        const result = await next(args)
        const last = attempts.at(-1)
        if (last) link(result.output as object, last)
        return result
      } catch (error) {
        const last = attempts.at(-1)
        if (last && error instanceof Error) link(error, last)
        throw harmless(error)
      }
    },
    { step: 'initialize', priority: 'high', name: 'linkExchange' },
  )
  recorded.middlewareStack.add(
    (next, context) => async (args) => {
      const request = args.request as HttpRequest
      rememberSecretsOf(request.headers)
      const exchange: Exchange = {
        by,
        operation: (context.commandName ?? '').replace(/Command$/, ''),
        request: {
          method: request.method,
          path: recordedPath(request),
          headers: recordedHeaders(request.headers),
          ...entriesIn(args.input),
        },
      }
      const { attempts = [] } = context as { attempts?: Exchange[] }
      noteRaces(exchange, sink, attempts)
      sink.push(exchange)
      attempts.push(exchange)
      const result = await next(args).catch(noteClosed(exchange))
      const response = result.response as HttpResponse
      exchange.response = { status: response.statusCode, headers: recordedHeaders(response.headers) }
      // Read in any case: an answer that nobody reads would keep its connection, of which a client has fifty.
      const body = await bytesOf(response.body, exchange.operation === 'GetObject')
      response.body = Readable.from(body.length > 0 ? [body] : [])
      const text = response.statusCode >= 300 || exchange.operation !== 'GetObject' ? body.toString('utf8') : ''
      if (response.statusCode >= 300 || isError(text)) Object.assign(exchange.response, recordedError(text))
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'recordExchange' },
  )
  return recorded
}

/** For `catch`: notes if the store closed the connection, and rethrows. */
export function noteClosed(exchange: Exchange): (error: unknown) => never {
  return (error) => {
    if (isClosed(error)) exchange.closed = true
    throw error
  }
}

/** Says which exchange an outcome came from, for `exchangeOf`. */
export function link<T extends object>(outcome: T, exchange: Exchange): T {
  exchanges.set(outcome, exchange)
  return outcome
}

/** The exchange that what a recorded client has returned or thrown came from: its last attempt. */
export function exchangeOf(outcome: unknown): Exchange | undefined {
  return typeof outcome === 'object' && outcome !== null ? exchanges.get(outcome) : undefined
}

/** Whether the store did what it was asked for: S3 can also fail inside a response of status 200. */
export function isAccepted({ response }: Exchange): boolean {
  return response !== undefined && response.status < 300 && !response.error && response.unreadableBytes === undefined
}

/** Whether a request would change something; the operation's name, or the method of plain HTTP. */
export function isWrite({ request }: Exchange): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD'
}

/** What of the response to a request is the same in every run. */
export function responseOf(exchange: Exchange): ResponseFields {
  const { operation, response } = exchange
  if (!response) return { operation }
  const { status, error, unreadableBytes } = response
  return {
    operation,
    status,
    ...(error?.Code && { code: error.Code }),
    ...(error?.Condition && { condition: error.Condition }),
    ...(error?.Header && { header: error.Header }),
    ...(unreadableBytes !== undefined && { body: 'not XML' as const }),
    ...(status < 300 && error && { body: 'error in success' as const }),
  }
}

/** The response to a request in a few words, for people. */
export function summarise(exchange: Exchange): string {
  return responseSentence(responseOf(exchange))
}

/** An exchange as HTTP, to be shown to a person. */
export function render({ request, response }: Exchange): string {
  const lines = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [
    `> ${request.method} ${request.path}`,
    ...lines(request.headers).map((line) => `> ${line}`),
    ...(response ? [`< ${response.status}`, ...lines(response.headers).map((line) => `< ${line}`)] : ['< no response']),
    ...(response?.error ? [`< ${xmlOf(response.error)}`] : []),
    ...(response?.unreadableBytes === undefined ? [] : [`< (${response.unreadableBytes} bytes that are not XML)`]),
  ].join('\n')
}

function xmlOf(error: NonNullable<RecordedResponse['error']>): string {
  const elements = Object.entries(error).map(([name, text]) => `<${name}>${text}</${name}>`)
  return `<Error>${elements.join('')}</Error>`
}

/** The path of a request, and what of its query selects an object, a version or a part. */
export function recordedPath({ path, query = {} }: Pick<HttpRequest, 'path' | 'query'>): string {
  const selected = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined || !(RECORDED_QUERY.test(name) || RECORDED.test(name.toLowerCase()))) return []
    return value === '' || value === null ? name : `${name}=${value}`
  })
  return selected.length > 0 ? `${path}?${selected.join('&')}` : path
}

/** Those of the headers that may be recorded, by lower-case names. */
export function recordedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), hide(String(value))] as const)
      // Nobody has asked for what every object has.
      .filter(([name, value]) => RECORDED.test(name) && value !== 'AES256'),
  )
}

/** An error's XML as it is recorded: without what it says of the caller, such as access key, token and string to sign. */
export function recordedError(text: string): Pick<RecordedResponse, 'error' | 'unreadableBytes'> {
  if (!isError(text)) return text.length > 0 ? { unreadableBytes: Buffer.byteLength(text) } : {}
  const found = ERROR_ELEMENTS.map((name) => [name, elementOf(text, name)] as const)
  return {
    error: Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, hide(value)]]))),
  }
}
