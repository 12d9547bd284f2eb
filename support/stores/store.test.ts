import { describe, expect, test } from 'vitest'
import { waysOn } from './store'
import { startable, storeNamed, stores } from './stores'

describe('the ways on', () => {
  test('are those of the store that does not start', () => {
    expect(waysOn(storeNamed('versitygw'), 'container').split('\n')).toEqual([
      'Ways on:',
      '  - start Docker, with access to versity/versitygw:v1.8.0',
      '  - run versitygw as a process: S3_TARGET=versitygw-process',
      '  - name a store that runs already: S3_ENDPOINT=http://localhost:4566',
    ])
    expect(waysOn(storeNamed('versitygw'), 'process').split('\n')).toEqual([
      'Ways on:',
      '  - start Docker, and versitygw runs in a container',
      '  - install Go, https://go.dev/dl',
      '  - name a store that runs already: S3_ENDPOINT=http://localhost:4566',
    ])
  })

  test.for(startable)('of $title name no other store', (store) => {
    const said = waysOn(store, 'container') + waysOn(store, 'process')

    const others = Object.values(stores).filter((other) => other !== store)
    expect(others.filter(({ title }) => said.includes(title))).toEqual([])
  })
})

describe('the website of a bucket', () => {
  test.for([
    ['us-east-1', 'b.s3-website-us-east-1.amazonaws.com'],
    ['eu-central-1', 'b.s3-website.eu-central-1.amazonaws.com'],
    ['cn-north-1', 'b.s3-website.cn-north-1.amazonaws.com.cn'],
  ] as const)('in %s is %s', ([region, host]) => {
    expect(storeNamed('aws').website?.('b', region)).toBe(host)
  })

  test('is nothing that can be asked of a store that is not known', () => {
    expect(storeNamed('mine').unsupported.website).toBe('it is not known at which host the store serves websites')
  })

  test.for(Object.values(stores))('is known of $title, or known to be lacking', ({ website, unsupported }) => {
    expect(website === undefined).toBe(unsupported.website !== undefined)
  })
})
