import { describe, expect, test } from 'vitest'
import { alternatives } from './store'
import { storeNamed, stores } from './stores'

describe('the alternatives to a store that does not start', () => {
  test('depend on the store and on how it was started', () => {
    expect(alternatives(storeNamed('versitygw'), 'container').split('\n')).toEqual([
      'Try one of:',
      '  - start Docker, which must be able to pull versity/versitygw:v1.8.0',
      '  - run versitygw as a process: S3_TARGET=versitygw-process',
      '  - use a store that is already running: S3_ENDPOINT=http://localhost:4566',
    ])
    expect(alternatives(storeNamed('versitygw'), 'process').split('\n')).toEqual([
      'Try one of:',
      '  - start Docker, which runs versitygw in a container',
      '  - install Go from https://go.dev/dl',
      '  - use a store that is already running: S3_ENDPOINT=http://localhost:4566',
    ])
  })

  test.for(Object.values(stores).filter(({ process }) => process))('of $title do not name another store', (store) => {
    const message = alternatives(store, 'container') + alternatives(store, 'process')

    const others = Object.values(stores).filter((other) => other !== store)
    expect(others.filter(({ title }) => message.includes(title))).toEqual([])
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

  test('is unsupported by an unknown store', () => {
    expect(storeNamed('mine').unsupported.website).toBe('the host of the website endpoint is not known')
  })

  test.for(Object.values(stores))('is known or unsupported: $title', ({ website, unsupported }) => {
    expect(website === undefined).toBe(unsupported.website !== undefined)
  })
})
