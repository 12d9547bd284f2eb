import type { ForwardedRequest, Replacement, StoreResponse, Tamper } from '../../wire/tampering-proxy'
import { errorXml } from '../../wire/xml'

// Tampers change requests and responses between a client and the store.

/** Selects requests on the wire. */
type WirePredicate = (request: ForwardedRequest) => boolean

export const isGet: WirePredicate = ({ method, path }) => method === 'GET' && path.includes('x-id=GetObject')
export const isRead: WirePredicate = (request) => isGet(request) || request.method === 'HEAD'
export const isAnyCopy: WirePredicate = ({ headers }) => 'x-amz-copy-source' in headers
export const isDelete: WirePredicate = ({ method, path }) => method === 'DELETE' && path.includes('x-id=DeleteObject')
export const isDeleteMany: WirePredicate = ({ method, path }) => method === 'POST' && /[?&]delete\b/.test(path)
export const isComplete: WirePredicate = ({ method, path }) => method === 'POST' && path.includes('uploadId=')
export const isPolicy: WirePredicate = ({ method, path }) => method === 'PUT' && /[?&]policy(=|&|$)/.test(path)

/** The path without its query: bucket and key, percent-encoded. */
export const pathOf = ({ path }: ForwardedRequest) => path.split('?')[0] ?? ''
/** The value of a header, or an empty string. */
export const headerOf = ({ headers }: ForwardedRequest, name: string) => String(headers[name] ?? '')

export const error = (status: number, code: string): Replacement => ({
  status,
  body: errorXml({ Code: code, Message: 'no' }),
})

/** Returns this response without forwarding the request. */
export const returning = (predicate: WirePredicate, response: Replacement): Tamper => ({
  request: (request) => (predicate(request) ? response : undefined),
})

/** Replaces text in the body of a 200. */
export const replacingInBody = (predicate: WirePredicate, from: RegExp, to: string): Tamper => ({
  response: (request, response) =>
    response.status === 200 && predicate(request) ? { ...response, body: response.body.replace(from, to) } : response,
})

/** Replaces headers of responses with this status; undefined removes a header. */
export const replacingHeaders = (
  predicate: WirePredicate,
  status: number,
  headers: StoreResponse['headers'],
): Tamper => ({
  response(request, response) {
    if (response.status !== status || !predicate(request)) return response
    const all = Object.entries({ ...response.headers, ...headers }).filter(([, value]) => value !== undefined)
    return { ...response, headers: Object.fromEntries(all) }
  },
})
