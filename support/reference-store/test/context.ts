// Helpers for tests that call a handler directly, without a transport.
import { DOMParser, type Element } from '@xmldom/xmldom'
import { createBucket } from '../src/core/buckets.ts'
import type { Context } from '../src/core/context.ts'
import type { S3Error, StoreResponse } from '../src/core/message.ts'
import { readRequest } from '../src/core/request.ts'
import type { Handler } from '../src/core/settings.ts'
import { newState, type State } from '../src/core/state.ts'
import type { NewObject, StoredBucket } from '../src/core/stored.ts'
import { readXml, type XmlElement } from '../src/core/xml.ts'
import { OPTIONS } from './store.ts'

export const NOW = new Date('2026-11-25T10:11:12.345Z')

export interface Sending {
  readonly body?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly who?: Context['who']
}

/** Creates a request context. By default, its state is empty. */
export function contextOf(method: string, url: string, sending: Sending = {}, state: State = newState()): Context {
  const { body, headers = {}, who = 'owner' } = sending
  const sent = {
    method,
    url,
    headers: { host: '127.0.0.1:4570', ...headers },
    body: body === undefined ? undefined : Buffer.from(body),
  }
  return {
    options: { ...OPTIONS, now: () => NOW },
    state,
    request: readRequest(sent),
    sent,
    who,
    access: {},
    faults: new Set(),
    deletes: { has: () => false, end: () => {} },
    now: NOW,
  }
}

/** Creates a state that contains one bucket, named `bucket`. */
export function newBucket(headers: Sending['headers'] = {}) {
  const state = newState()
  createBucket(contextOf('PUT', '/bucket', { headers }, state))
  return {
    state,
    bucket: state.buckets.get('bucket') as StoredBucket,
    /** Calls a handler with a PUT request for the bucket. */
    send: (handler: Handler, body?: string) => handler(contextOf('PUT', '/bucket', { body }, state)),
  }
}

/** Returns a Signature Version 4 Authorization header with this region in its credential scope. */
export function signedIn(region: string) {
  return { authorization: `AWS4-HMAC-SHA256 Credential=owner/20261125/${region}/s3/aws4_request, SignedHeaders=host` }
}

/** Runs a handler that is expected to fail, and returns the error. */
export function failureOf(run: () => unknown): Pick<S3Error, 'status' | 'code' | 'message' | 'elements'> {
  try {
    run()
  } catch (error) {
    const { status, code, message, elements } = error as S3Error
    return { status, code, message, elements }
  }
  throw new Error('Expected the handler to fail.')
}

export const textIn = ({ body }: StoreResponse) => Buffer.concat(body).toString()

/** Returns the XML inside the root element of a response. */
export const insideOf = (response: StoreResponse) => /<\w+ xmlns="[^"]+">(.*)<\/\w+>$/s.exec(textIn(response))?.[1]

/** Parses a response, which must be well-formed XML, and returns its root element. */
export function xmlIn(response: StoreResponse): XmlElement {
  const root = new DOMParser().parseFromString(textIn(response), 'text/xml').documentElement as Element
  return readXml(Buffer.concat(response.body), root.localName ?? '')
}

export function objectOf(body: string, more: Partial<NewObject> = {}): NewObject {
  return {
    etag: `"${body}"`,
    lastModified: NOW,
    size: body.length,
    body: [Buffer.from(body)],
    headers: {},
    metadata: {},
    encryption: { kind: 'AES256' },
    tags: [],
    annotations: new Map(),
    ...more,
  }
}
