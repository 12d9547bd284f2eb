import type { Context } from './context.ts'
import { type Headers, S3Error, type StoreResponse } from './message.ts'
import { respond } from './respond.ts'
import type { Setting } from './settings.ts'
import type { CorsRule, StoredBucket } from './stored.ts'
import { invalidRequest } from './values.ts'
import { allOf, malformed, textOf, type XmlElement } from './xml.ts'

/**
 * Returns the CORS headers for a response, whatever its status. Recorded responses show that Amazon S3 evaluates the
 * `Access-Control-Request-*` headers of every request, not only of preflight requests. The method in
 * `Access-Control-Request-Method` takes precedence over the request's own method.
 * @returns no headers if the request has no `Origin` or no rule matches
 */
export function corsHeaders(
  bucket: StoredBucket | undefined,
  method: string,
  headers: Headers,
): Record<string, string> {
  const rule = bucket?.cors?.find((one) => allows(one, method, headers))
  if (!rule) return {}
  const { origin = '', 'access-control-request-headers': requested } = headers
  const isForAll = rule.origins.includes('*')
  return {
    'Access-Control-Allow-Origin': isForAll ? '*' : origin,
    'Access-Control-Allow-Methods': rule.methods.join(', '),
    ...(requested && { 'Access-Control-Allow-Headers': namesIn(requested).join(', ') }),
    ...(rule.expose.length > 0 && { 'Access-Control-Expose-Headers': rule.expose.join(', ') }),
    ...(rule.maxAge !== undefined && { 'Access-Control-Max-Age': rule.maxAge }),
    ...(!isForAll && { 'Access-Control-Allow-Credentials': 'true' }),
    Vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  }
}

function allows({ origins, methods, headers: allowed }: CorsRule, method: string, headers: Headers): boolean {
  const {
    origin,
    'access-control-request-method': requested = method,
    'access-control-request-headers': names,
  } = headers
  if (!origin || !methods.includes(requested)) return false
  if (!origins.some((one) => matches(one, origin))) return false
  return namesIn(names ?? '').every((name) => allowed.some((one) => matches(one.toLowerCase(), name)))
}

function namesIn(list: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== '')
}

/** @param pattern may contain one `*`, which matches any text */
function matches(pattern: string, text: string): boolean {
  const [begin = '', end] = pattern.split('*')
  if (end === undefined) return pattern === text
  return text.length >= begin.length + end.length && text.startsWith(begin) && text.endsWith(end)
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD']

/**
 * Responds to an OPTIONS request.
 * @throws S3Error 400 BadRequest if Origin is missing, or if the requested method is missing or invalid; 403
 *   AccessForbidden if no rule allows the request
 */
export function preflight({ state, request }: Context): StoreResponse {
  const { bucket: name, key, headers } = request
  const { origin, 'access-control-request-method': method } = headers
  if (!origin) throw new S3Error(400, 'BadRequest', 'Insufficient information. Origin request header needed.')
  const bucket = state.buckets.get(name)
  const forbidden = (why: string, ResourceType: string) =>
    new S3Error(403, 'AccessForbidden', `CORSResponse: ${why}`, {
      elements: { Method: method ?? 'OPTIONS', ResourceType },
    })
  if (!bucket) throw forbidden('Bucket not found', 'BUCKET')
  if (!bucket.cors) throw forbidden('CORS is not enabled for this bucket.', 'BUCKET')
  if (!method || !METHODS.includes(method)) {
    throw new S3Error(400, 'BadRequest', `Invalid Access-Control-Request-Method: ${method ?? 'null'}`)
  }
  const allowed = corsHeaders(bucket, method, headers)
  if (Object.keys(allowed).length > 0) return respond(200, allowed)
  const why =
    "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
  throw forbidden(why, key === undefined ? 'BUCKET' : 'OBJECT')
}

const MAX_RULES = 100

/**
 * A bucket's CORS configuration. PUT fails with 400 MalformedXML for an invalid document, or with 400 InvalidRequest
 * for an invalid rule.
 */
export const CORS: Setting = {
  name: 'cors',
  root: 'CORSConfiguration',
  missing: 'NoSuchCORSConfiguration',
  apply(bucket, root) {
    const rules = root && allOf(root, 'CORSRule')
    if (rules && (rules.length === 0 || rules.length > MAX_RULES)) throw malformed()
    bucket.cors = rules?.map(ruleOf)
  },
}

function ruleOf(rule: XmlElement): CorsRule {
  const texts = (name: string) => allOf(rule, name).map(({ text }) => text)
  const [methods, origins, headers] = [texts('AllowedMethod'), texts('AllowedOrigin'), texts('AllowedHeader')]
  const maxAge = textOf(rule, 'MaxAgeSeconds')
  if (methods.length === 0 || origins.length === 0 || !/^(-?\d+)?$/.test(maxAge ?? '')) throw malformed()
  const unknown = methods.find((one) => !METHODS.includes(one))
  if (unknown) throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`)
  for (const [name, patterns] of Object.entries({ AllowedOrigin: origins, AllowedHeader: headers })) {
    const twice = patterns.find((pattern) => pattern.split('*').length > 2)
    if (twice) throw invalidRequest(`${name} "${twice}" can not have more than one wildcard.`)
  }
  return { methods, origins, headers, expose: texts('ExposeHeader'), ...(maxAge && { maxAge }) }
}
