import type { ForwardedRequest, Replacement, StoreResponse, Tamper } from '../../wire/tampering-proxy'
import { errorXml } from '../../wire/xml'

// Each `Tamper` changes requests or responses in transit between a client and the store.

type WirePredicate = (request: ForwardedRequest) => boolean

export const isGet: WirePredicate = ({ method, path }) => method === 'GET' && path.includes('x-id=GetObject')
export const isRead: WirePredicate = (request) => isGet(request) || request.method === 'HEAD'
export const isAnyCopy: WirePredicate = ({ headers }) => 'x-amz-copy-source' in headers
export const isDelete: WirePredicate = ({ method, path }) => method === 'DELETE' && path.includes('x-id=DeleteObject')
export const isDeleteMany: WirePredicate = ({ method, path }) => method === 'POST' && /[?&]delete\b/.test(path)
export const isComplete: WirePredicate = ({ method, path }) => method === 'POST' && path.includes('uploadId=')
export const isPolicy: WirePredicate = ({ method, path }) => method === 'PUT' && /[?&]policy(=|&|$)/.test(path)

/** Returns the bucket and the key from the URL, percent-encoded and without the query string. */
export const pathOf = ({ path }: ForwardedRequest) => path.split('?')[0] ?? ''
/** Returns the value of a header, or an empty string if the request does not have the header. */
export const headerOf = ({ headers }: ForwardedRequest, name: string) => String(headers[name] ?? '')

export const error = (status: number, code: string): Replacement => ({
  status,
  body: errorXml({ Code: code, Message: 'no' }),
})

/** Returns the given response to matching requests without forwarding them. */
export const returning = (predicate: WirePredicate, response: Replacement): Tamper => ({
  request: (request) => (predicate(request) ? response : undefined),
})

/** Replaces text in the bodies of 200 responses to matching requests. */
export const replacingInBody = (predicate: WirePredicate, from: RegExp, to: string): Tamper => ({
  response: (request, response) =>
    response.status === 200 && predicate(request) ? { ...response, body: response.body.replace(from, to) } : response,
})

/** Changes headers of responses with the given status. A header with the value undefined is removed. */
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
