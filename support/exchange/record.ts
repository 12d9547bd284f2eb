import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { bytesOf } from './body'
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
  /** `keys`: those that the body names, of DeleteObjects. */
  request: { method: string; path: string; headers: Record<string, string>; keys?: string[] }
  /** Absent when no answer came. `body` is there for refusals only, whatever the status: it is the error's XML. */
  response?: { status: number; headers: Record<string, string>; body?: string }
}

/**
 * Only these headers are recorded, so that no key, token or signature can ever reach a log:
 * what a conditional request is made of, and what S3 says about the object, and of the bucket's region, in its answer.
 */
const RECORDED =
  /^(if-.*|range|x-amz-copy-source(?!-server).*|x-amz-if-.*|x-amz-rename-source(?:-if-.*)?|x-amz-object-if-match|x-amz-write-offset-bytes|x-amz-metadata-directive|x-amz-checksum-mode|etag|last-modified|content-type|content-length|content-range|x-amz-version-id|x-amz-delete-marker|x-amz-copy-source-version-id|x-amz-server-side-encryption|x-amz-bucket-region|allow)$/

/** The elements of an error that are recorded, for the same reason. */
const RECORDED_ELEMENT =
  /^(Code|Message|Condition|Header|additionalMessage|Key|Method|ResourceType|RangeRequested|ActualObjectSize|Region|RequestId)$/

/** The query parameters that select an object, a version or a part; all others, signatures among them, are left out. */
const RECORDED_QUERY = [
  'versionId',
  'versions',
  'uploads',
  'uploadId',
  'partNumber',
  'prefix',
  'list-type',
  'delete',
  'website',
  'versioning',
  'policy',
  'publicAccessBlock',
]

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
          ...keysIn(args.input),
        },
      }
      const { attempts = [] } = context as { attempts?: Exchange[] }
      noteRaces(exchange, sink, attempts)
      sink.push(exchange)
      attempts.push(exchange)
      const result = await next(args)
      const response = result.response as HttpResponse
      exchange.response = { status: response.statusCode, headers: recordedHeaders(response.headers) }
      // Read in any case: an answer that nobody reads would keep its connection, of which a client has fifty.
      const body = await bytesOf(response.body, exchange.operation === 'GetObject')
      response.body = Readable.from(body.length > 0 ? [body] : [])
      const text = response.statusCode >= 300 || exchange.operation !== 'GetObject' ? body.toString('utf8') : ''
      if (response.statusCode >= 300 || isError(text)) exchange.response.body = recordedBody(text)
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'recordExchange' },
  )
  return recorded
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

/** Whether the store did what it was asked for: S3 can also refuse inside an answer of status 200. */
export function isAccepted({ response }: Exchange): boolean {
  return response !== undefined && response.status < 300 && !response.body
}

/** Whether a request would change something; the operation's name, or the method of plain HTTP. */
export function isWrite({ request }: Exchange): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD'
}

/**
 * What the store answered, in a few words that stay the same from run to run:
 * `GetObject answered 412 PreconditionFailed (Condition: If-Match)`.
 */
export function summarise(exchange: Exchange): string {
  const { operation, response } = exchange
  if (!response) return `${operation} got no answer`
  if (isAccepted(exchange)) return `${operation} accepted with ${response.status}`
  const details = ['Condition', 'Header'].flatMap((name) => {
    const text = element(exchange, name)
    return text ? `${name}: ${text}` : []
  })
  const unreadable = response.body !== undefined && response.body !== '' && !isError(response.body)
  return [
    response.status < 300
      ? `${operation} refused inside a ${response.status}`
      : `${operation} answered ${response.status}`,
    unreadable ? 'with a body that is no XML' : element(exchange, 'Code'),
    details.length > 0 ? `(${details.join(', ')})` : undefined,
  ]
    .filter(Boolean)
    .join(' ')
}

/** The text of an element of a refusal's XML. */
export function element({ response }: Exchange, name: string): string | undefined {
  return elementOf(response?.body ?? '', name)
}

/** An exchange as HTTP, to be shown to a person. */
export function render({ request, response }: Exchange): string {
  const lines = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [
    `> ${request.method} ${request.path}`,
    ...lines(request.headers).map((line) => `> ${line}`),
    ...(response
      ? [`< ${response.status}`, ...lines(response.headers).map((line) => `< ${line}`)]
      : ['< no answer came']),
    ...(response?.body ? [`< ${response.body}`] : []),
  ].join('\n')
}

/** The keys that a request names in its body: those of DeleteObjects. */
function keysIn(input: unknown): { keys?: string[] } {
  const objects = (input as { Delete?: { Objects?: { Key?: string }[] } }).Delete?.Objects
  return objects ? { keys: objects.flatMap(({ Key }) => Key ?? []) } : {}
}

/** The path of a request, and what of its query selects an object, a version or a part. */
export function recordedPath({ path, query = {} }: Pick<HttpRequest, 'path' | 'query'>): string {
  const selected = RECORDED_QUERY.flatMap((name) => {
    const value = query[name]
    if (value === undefined) return []
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

/** An error's XML without what it says of the caller: access key, token, string to sign. */
export function recordedBody(text: string): string {
  if (!isError(text)) return text.length > 0 ? `(${Buffer.byteLength(text)} bytes)` : ''
  const elements = [...text.matchAll(/<([A-Za-z-]+)>[^<]*<\/\1>/g)].filter(([, name]) =>
    RECORDED_ELEMENT.test(name ?? ''),
  )
  return `<Error>${elements.map(([element]) => hide(element)).join('')}</Error>`
}
