import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import type { ResponseFields } from '../observation'
import { responseSentence } from '../sentence'
import { bytesOf } from './body'
import { type Entry, entriesIn } from './entries'
import { isClosed } from './no-response'
import { noteRaces } from './raced'
import { type RecordedError, recordedError, recordedHeaders, recordedPath } from './recorded'
import { redactException, rememberSecretsOf } from './redact'
import { errorXml, isError } from './xml'

/**
 * The part of a test that sent a request: the spec itself, a fixture during setup or cleanup, or a matcher that reads
 * the resulting state.
 */
export type Sender = 'spec' | 'fixture' | 'matcher'

/** One attempt to send a request, and the response. Both are redacted. */
export interface Exchange {
  by: Sender
  /** The S3 operation, such as `PutObject`, or the HTTP method of a request over plain HTTP. */
  operation: string
  /** `entries` is present only for DeleteObjects. */
  request: { method: string; path: string; headers: Record<string, string>; entries?: Entry[] }
  /** Absent if no response was received. */
  response?: RecordedResponse
  /** Present if the store closed the connection without sending a response. */
  closed?: true
}

export interface RecordedResponse extends RecordedError {
  status: number
  headers: Record<string, string>
}

/** The exchange for each output or error from a recording client, and for each plain HTTP response. */
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
 * Returns a copy of a client that records every attempt of every request in `sink` and redacts the errors that it
 * throws. The copy has its own middleware stack, so that all tests of a worker can share the original client: creating
 * a client takes longer than sending a request.
 */
export function record(client: S3Client, by: Sender, sink: Exchange[]): S3Client {
  const recorded: S3Client = Object.create(client, { middlewareStack: { value: client.middlewareStack.clone() } })
  recorded.middlewareStack.add(
    (next, context) => async (args) => {
      // The SDK passes the same context to every middleware, so the `recordExchange` middleware finds `attempts` in it.
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
        throw redactException(error)
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
      // The body is always read, because an unread response ties up one of the client's fifty connections.
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

/** Returns a handler for `catch` that sets `closed` if the store closed the connection, and rethrows the error. */
export function noteClosed(exchange: Exchange): (error: unknown) => never {
  return (error) => {
    if (isClosed(error)) exchange.closed = true
    throw error
  }
}

/** Associates an output or error with its exchange, so that `exchangeOf` finds the exchange. */
export function link<T extends object>(outcome: T, exchange: Exchange): T {
  exchanges.set(outcome, exchange)
  return outcome
}

/**
 * Returns the exchange for an output or error from a recording client, or for a plain HTTP response. If a request was
 * retried, this is the last attempt.
 */
export function exchangeOf(outcome: unknown): Exchange | undefined {
  return typeof outcome === 'object' && outcome !== null ? exchanges.get(outcome) : undefined
}

/** Whether a request succeeded. Status 200 is not sufficient, because S3 can also return an error with status 200. */
export function isAccepted({ response }: Exchange): boolean {
  return response !== undefined && response.status < 300 && !response.error && response.unreadableBytes === undefined
}

export function isWrite({ request }: Exchange): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD'
}

/** Selects the parts of a response that are the same in every run. */
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

/** Describes the response to a request in a few words, for display. */
export function summarise(exchange: Exchange): string {
  return responseSentence(responseOf(exchange))
}

/** Formats an exchange for display: `>` precedes each line of the request, and `<` each line of the response. */
export function render({ request, response }: Exchange): string {
  const lines = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [
    `> ${request.method} ${request.path}`,
    ...lines(request.headers).map((line) => `> ${line}`),
    ...(response ? [`< ${response.status}`, ...lines(response.headers).map((line) => `< ${line}`)] : ['< no response']),
    ...(response?.error ? [`< ${errorXml(response.error)}`] : []),
    ...(response?.unreadableBytes === undefined ? [] : [`< (${response.unreadableBytes} bytes that are not XML)`]),
  ].join('\n')
}
