import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, newBucket, textIn } from '../../test/context.ts'
import { HANDLERS } from './handlers.ts'
import { websiteRequest } from './website.ts'

const INDEX = '<IndexDocument><Suffix>index.html</Suffix></IndexDocument>'
const ERROR = '<ErrorDocument><Key>error.html</Key></ErrorDocument>'

function bucketWith(content?: string) {
  const { state, bucket, send } = newBucket()
  const put = (inside: string) =>
    send(HANDLERS.PutBucketWebsite, `<WebsiteConfiguration>${inside}</WebsiteConfiguration>`)
  if (content !== undefined) put(content)
  return {
    bucket,
    send,
    put,
    get: () => send(HANDLERS.GetBucketWebsite),
    keyOf: (path: string) =>
      websiteRequest(contextOf('GET', path, { headers: { host: 'bucket.s3-website.localhost:4570' } }, state)).key,
  }
}

describe('the website of a bucket', () => {
  test('GetBucketWebsite returns the configuration until it is deleted', () => {
    const { bucket, send, get } = bucketWith(INDEX + ERROR)
    expect(bucket.websiteIndex).toBe('index.html')
    expect(textIn(get())).toContain(`${INDEX}${ERROR}</WebsiteConfiguration>`)
    expect(send(HANDLERS.DeleteBucketWebsite).status).toBe(204)
    expect(failureOf(get)).toMatchObject({ status: 404, code: 'NoSuchWebsiteConfiguration' })
  })

  test.each([
    [INDEX.replace('index', '/index'), 'InvalidArgument'],
    [INDEX.replace('index.html', ''), 'InvalidArgument'],
    ['', 'InvalidArgument'],
    ['<RedirectAllRequestsTo><HostName>a</HostName></RedirectAllRequestsTo>', 'NotImplemented'],
    [`${INDEX}<RoutingRules/>`, 'NotImplemented'],
  ])('PutBucketWebsite fails for the configuration %s', (content, code) => {
    const { put } = bucketWith()
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
    expect(bucketWith(INDEX).keyOf(path)).toBe(key)
  })

  test('A website request fails with 404 when the bucket has no website', () => {
    expect(failureOf(() => bucketWith().keyOf('/'))).toMatchObject({
      status: 404,
      code: 'NoSuchWebsiteConfiguration',
      elements: { BucketName: 'bucket' },
    })
  })
})
