import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, newBucket, textIn } from '../../test/context.ts'
import { corsHeaders, preflight } from './cors.ts'
import { HANDLERS } from './handlers.ts'

const ORIGIN = 'https://localhost:4200'
const rule = (parts: string, origins = `<AllowedOrigin>${ORIGIN}</AllowedOrigin>`) =>
  `<CORSRule>${parts}${origins}</CORSRule>`
const GET = '<AllowedMethod>GET</AllowedMethod>'
const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method'

function bucketWith(...rules: string[]) {
  const { state, bucket, send } = newBucket()
  const put = (body: string) => send(HANDLERS.PutBucketCors, body)
  if (rules.length > 0) put(`<CORSConfiguration>${rules.join('')}</CORSConfiguration>`)
  return {
    send,
    put,
    headers: (method: string, headers: Record<string, string>) => corsHeaders(bucket, method, headers),
    ask: (headers: Record<string, string>, path = '/bucket/key') =>
      preflight(contextOf('OPTIONS', path, { headers, who: 'anonymous' }, state)),
  }
}

describe('corsHeaders', () => {
  const { headers } = bucketWith(
    rule(
      `${GET}<AllowedMethod>PUT</AllowedMethod><ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-amz-version-id</ExposeHeader><MaxAgeSeconds>3000</MaxAgeSeconds>`,
    ),
    rule('<AllowedMethod>DELETE</AllowedMethod>', '<AllowedOrigin>*</AllowedOrigin>'),
  )

  test('The corsHeaders() function returns the headers of the first matching rule', () => {
    expect(headers('GET', { origin: ORIGIN })).toEqual({
      'Access-Control-Allow-Origin': ORIGIN,
      'Access-Control-Allow-Methods': 'GET, PUT',
      'Access-Control-Expose-Headers': 'ETag, x-amz-version-id',
      'Access-Control-Max-Age': '3000',
      'Access-Control-Allow-Credentials': 'true',
      Vary: VARY,
    })
    expect(headers('DELETE', { origin: 'null' })).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'DELETE',
      Vary: VARY,
    })
  })

  test('The corsHeaders() function returns no headers without Origin, a matching rule or a bucket', () => {
    expect(headers('GET', {})).toEqual({})
    expect(headers('GET', { origin: 'https://localhost:4201' })).toEqual({})
    expect(headers('POST', { origin: ORIGIN })).toEqual({})
    expect(corsHeaders(undefined, 'GET', { origin: ORIGIN })).toEqual({})
    expect(bucketWith().headers('GET', { origin: ORIGIN })).toEqual({})
  })

  test('The Access-Control-Request-* headers take precedence over the method', () => {
    expect(headers('GET', { origin: ORIGIN, 'access-control-request-method': 'POST' })).toEqual({})
    expect(headers('GET', { origin: ORIGIN, 'access-control-request-headers': 'if-match' })).toEqual({})
  })
})

describe('a preflight', () => {
  const asked = (method?: string, headers?: string, origin = ORIGIN) => ({
    origin,
    ...(method && { 'access-control-request-method': method }),
    ...(headers && { 'access-control-request-headers': headers }),
  })

  test('A preflight returns 200 and the requested headers in lower case', () => {
    const { ask } = bucketWith(
      rule(
        `${GET}<AllowedHeader>x-AMZ-server-SIDE-encryption</AllowedHeader><AllowedHeader>If-None-Match</AllowedHeader>`,
      ),
    )
    const { status, headers, body } = ask(asked('GET', 'IF-none-match,x-amz-server-side-encryption'))
    expect({ status, length: body.length }).toEqual({ status: 200, length: 0 })
    expect(headers).toMatchObject({
      'Access-Control-Allow-Origin': ORIGIN,
      'Access-Control-Allow-Headers': 'if-none-match, x-amz-server-side-encryption',
      'Access-Control-Allow-Methods': 'GET',
    })
  })

  test.each([
    ['http://*.origin.com', 'http://test.origin.com', 200],
    ['http://*.origin.com', 'http://test.origin.com/', 403],
    ['http://*.origin.com', 'https://test.origin.com', 403],
    ['*', 'null', 200],
    ['http://a.b', 'http://aXb', 403],
  ])('A preflight with the allowed origin %s and the origin %s has the status %i', (allowed, origin, status) => {
    const { ask } = bucketWith(rule(GET, `<AllowedOrigin>${allowed}</AllowedOrigin>`))
    if (status === 200) expect(ask(asked('GET', '', origin)).status).toBe(200)
    else expect(failureOf(() => ask(asked('GET', '', origin)))).toMatchObject({ status, code: 'AccessForbidden' })
  })

  test.each([
    ['x-amz-*', 'x-amz-date, x-amz-acl', true],
    ['*', 'if-match', true],
    ['x-amz-*', 'x-amz-date, if-match', false],
  ])('A preflight with the allowed header %s and the headers %s is allowed: %s', (allowed, headers, isAllowed) => {
    const { ask } = bucketWith(rule(`${GET}<AllowedHeader>${allowed}</AllowedHeader>`))
    if (isAllowed) expect(ask(asked('GET', headers)).status).toBe(200)
    else expect(failureOf(() => ask(asked('GET', headers)))).toMatchObject({ status: 403 })
  })

  test('A preflight fails with 403 AccessForbidden if no rule matches', () => {
    const { ask } = bucketWith(rule(GET))
    expect(failureOf(() => ask(asked('PUT')))).toEqual({
      status: 403,
      code: 'AccessForbidden',
      message:
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      elements: { Method: 'PUT', ResourceType: 'OBJECT' },
    })
    expect(failureOf(() => ask(asked('PUT'), '/bucket'))).toMatchObject({ elements: { ResourceType: 'BUCKET' } })
    expect(failureOf(() => ask(asked('GET', 'if-match')))).toMatchObject({ status: 403 })
  })

  test('A preflight fails with 400 BadRequest without Origin, or without a method', () => {
    const { ask } = bucketWith(rule(GET))
    expect(failureOf(() => ask({}))).toMatchObject({
      status: 400,
      code: 'BadRequest',
      message: 'Insufficient information. Origin request header needed.',
    })
    expect(failureOf(() => ask(asked()))).toMatchObject({ status: 400, code: 'BadRequest' })
  })

  test('A preflight fails with 403 if the bucket does not exist or has no rules', () => {
    const { ask } = bucketWith()
    const elements = { Method: 'OPTIONS', ResourceType: 'BUCKET' }
    expect(failureOf(() => ask(asked(), '/none/key'))).toMatchObject({
      message: 'CORSResponse: Bucket not found',
      elements,
    })
    expect(failureOf(() => ask(asked()))).toMatchObject({
      message: 'CORSResponse: CORS is not enabled for this bucket.',
      elements,
    })
  })
})

describe('the CORS configuration of a bucket', () => {
  test('GetBucketCors returns the configuration until it is deleted', () => {
    const whole = rule(`<ID>a</ID>${GET}<AllowedHeader>X-A</AllowedHeader><MaxAgeSeconds>0</MaxAgeSeconds>`)
    const { send, headers } = bucketWith(whole)
    expect(textIn(send(HANDLERS.GetBucketCors))).toContain(
      `<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${whole}<`,
    )
    expect(send(HANDLERS.DeleteBucketCors).status).toBe(204)
    expect(headers('GET', { origin: ORIGIN })).toEqual({})
    expect(failureOf(() => send(HANDLERS.GetBucketCors))).toMatchObject({
      status: 404,
      code: 'NoSuchCORSConfiguration',
      elements: { BucketName: 'bucket' },
    })
  })

  test.each([
    ['', 'MalformedXML'],
    [rule(''), 'MalformedXML'],
    [rule(GET, ''), 'MalformedXML'],
    [rule('<AllowedMethod>MYMETHOD</AllowedMethod>'), 'InvalidRequest'],
    [rule(GET, '<AllowedOrigin>*.*</AllowedOrigin>'), 'InvalidRequest'],
    [rule(`${GET}<AllowedHeader>**</AllowedHeader>`), 'InvalidRequest'],
    [rule(GET).repeat(101), 'MalformedXML'],
  ])('PutBucketCors fails with 400 for %s', (rules, code) => {
    const { put } = bucketWith()
    expect(failureOf(() => put(`<CORSConfiguration>${rules}</CORSConfiguration>`))).toMatchObject({ status: 400, code })
  })
})
