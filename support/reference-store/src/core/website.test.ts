import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, textIn } from '../../test/context.ts'
import { createBucket } from './buckets.ts'
import { HANDLERS } from './handlers.ts'
import { newState } from './state.ts'
import { websiteRequest } from './website.ts'

const INDEX = '<IndexDocument><Suffix>index.html</Suffix></IndexDocument>'
const ERROR = '<ErrorDocument><Key>error.html</Key></ErrorDocument>'

function newBucket(content?: string) {
  const state = newState()
  createBucket(contextOf('PUT', '/bucket', {}, state))
  const put = (inside: string) =>
    HANDLERS.PutBucketWebsite(
      contextOf('PUT', '/bucket?website', { body: `<WebsiteConfiguration>${inside}</WebsiteConfiguration>` }, state),
    )
  if (content !== undefined) put(content)
  return {
    ...{ state, put },
    get: () => HANDLERS.GetBucketWebsite(contextOf('GET', '/bucket?website', {}, state)),
    keyOf: (path: string) =>
      websiteRequest(contextOf('GET', path, { headers: { host: 'bucket.s3-website.localhost:4570' } }, state)).key,
  }
}

describe('the website of a bucket', () => {
  test('GetBucketWebsite returns the configuration until it is deleted', () => {
    const { state, get } = newBucket(INDEX + ERROR)
    expect(state.buckets.get('bucket')?.websiteIndex).toBe('index.html')
    expect(textIn(get())).toContain(`${INDEX}${ERROR}</WebsiteConfiguration>`)
    expect(HANDLERS.DeleteBucketWebsite(contextOf('DELETE', '/bucket?website', {}, state)).status).toBe(204)
    expect(failureOf(get)).toMatchObject({ status: 404, code: 'NoSuchWebsiteConfiguration' })
  })

  test.each([
    [INDEX.replace('index', '/index'), 'InvalidArgument'],
    [INDEX.replace('index.html', ''), 'InvalidArgument'],
    ['', 'InvalidArgument'],
    ['<RedirectAllRequestsTo><HostName>a</HostName></RedirectAllRequestsTo>', 'NotImplemented'],
    [`${INDEX}<RoutingRules/>`, 'NotImplemented'],
  ])('PutBucketWebsite fails for the configuration %s', (content, code) => {
    const { put } = newBucket()
    expect(failureOf(() => put(content))).toMatchObject({ code })
  })
})

describe('websiteRequest', () => {
  test.each([
    ['/', 'index.html'],
    ['/docs/', 'docs/index.html'],
    ['/docs', 'docs'],
    ['/a%20%C3%A9', 'a é'],
  ])('A website maps the path %s to the key %s', (path, key) => {
    expect(newBucket(INDEX).keyOf(path)).toBe(key)
  })

  test('A website request fails with 404 when the bucket has no website', () => {
    expect(failureOf(() => newBucket().keyOf('/'))).toMatchObject({
      status: 404,
      code: 'NoSuchWebsiteConfiguration',
      elements: { BucketName: 'bucket' },
    })
  })
})
