import { describe, expect, test } from 'vitest'
import { INM, md5, testStore } from '../../test/store.ts'
import type { Fault } from './fault.ts'
import { newFaults, readFault } from './faults.ts'
import { readRequest } from './request.ts'

const request = (method: string, url: string, headers: Record<string, string> = {}) =>
  readRequest({ method, url, headers })
const put = request('PUT', '/b/k', INM)

describe('a fault', () => {
  test.for([
    ['conflict:PutObject:times=1', { fault: 'conflict', operation: 'PutObject', times: 1 }],
    ['latency:*:ms=200', { fault: 'latency', operation: '*', milliseconds: 200 }],
    [
      'lost-response:PutObject:key=log%3A17:times=2',
      { fault: 'lost-response', operation: 'PutObject', key: 'log:17', times: 2 },
    ],
    [
      'unavailable:GetObject:bucket=b:key=a/日',
      { fault: 'unavailable', operation: 'GetObject', bucket: 'b', key: 'a/日' },
    ],
  ])('The text %s is parsed as a fault', ([text = '', fault]) => {
    expect(readFault(text as string)).toEqual(fault)
  })

  test.for([
    ['conflict:PutObjectt:times=1', /PutObjectt is not a known operation; similar names: .*PutObject/],
    ['conflict:GetObject', /conflict applies only to PutObject/],
    ['conflict:HeadBucket', /conflict applies only to/],
    ['conflict:UploadPart', /conflict applies only to/],
    ['error-in-200:PutObject', /applies only to CopyObject, UploadPartCopy, CompleteMultipartUpload/],
    ['lost-request:PutObject', /fault must be one of conflict, lost-response/],
    ['conflict:PutObject:1', /1 is not a valid option; use key=, bucket=, times= or ms=/],
    ['conflict:PutObject:times=0', /times must be a positive whole number/],
    ['latency:PutObject', /the latency fault requires milliseconds/],
    ['conflict:PutObject:ms=3', /milliseconds can be set only for the latency fault/],
    ['conflict:PutObject:key=', /key must not be empty/],
  ] as const)('Parsing %s, a fault that can never happen, throws a TypeError', ([text, why]) => {
    expect(() => readFault(text)).toThrow(why)
  })

  test('The add() method throws a TypeError for a fault that can never happen', () => {
    expect(() => newFaults().add({ fault: 'conflict', operation: 'GetObject' } as Fault)).toThrow(TypeError)
  })

  test('A fault with `times` is removed after that number of matching requests', () => {
    const faults = newFaults([{ fault: 'conflict', operation: 'PutObject', key: 'k', times: 2 }])

    expect(faults.meet(request('PUT', '/b/other'), ['other'], true)).toEqual([])
    expect(faults.meet(request('GET', '/b/k'), ['k'], false)).toEqual([])
    expect(faults.meet(put, ['k'], true)).toHaveLength(1)
    expect(faults.list()).toMatchObject([{ times: 1 }])
    expect(faults.meet(put, ['k'], true)).toHaveLength(1)
    expect(faults.meet(put, ['k'], true)).toEqual([])
  })

  test('A conflict waits for a conditional request', () => {
    const faults = newFaults([{ fault: 'conflict', operation: '*', times: 1 }])

    expect(faults.meet(request('PUT', '/b/k'), ['k'], false)).toEqual([])
    expect(faults.meet(put, ['k'], true)).toHaveLength(1)
  })

  test('A request takes latency and one other fault, and the remaining faults wait', () => {
    const faults = newFaults([
      { fault: 'unavailable', operation: '*' },
      { fault: 'conflict', operation: 'PutObject', times: 1 },
      { fault: 'lost-response', operation: 'PutObject', times: 1 },
      { fault: 'latency', operation: 'PutObject', times: 2, milliseconds: 1 },
    ])
    const met = () => faults.meet(put, ['k'], true).map(({ fault }) => fault)

    expect(met()).toEqual(['latency', 'conflict'])
    expect(met()).toEqual(['latency', 'lost-response'])
    expect(met()).toEqual(['unavailable'])
  })

  test('The fault released-meanwhile waits for a 412', () => {
    const faults = newFaults([{ fault: 'released-meanwhile', operation: 'PutObject', times: 1 }])

    expect(faults.meet(put, ['k'], true)).toEqual([])
    expect(faults.takeRelease(put, ['k'])).toBe(true)
    expect(faults.takeRelease(put, ['k'])).toBe(false)
  })
})

describe('a store with faults', () => {
  test('A conflict affects only conditional requests, and changes nothing', async () => {
    const { send, store } = await testStore()
    store.faults.add({ fault: 'conflict', operation: 'PutObject', times: 1 })

    expect(await send('PUT', '/b-bucket/data', {}, 'x')).toMatchObject({ status: 200 })
    expect(await send('PUT', '/b-bucket/k', INM, 'x')).toMatchObject({
      status: 409,
      code: 'ConditionalRequestConflict',
    })
    expect(await send('PUT', '/b-bucket/k', INM, 'x')).toMatchObject({ status: 200 })
  })

  test('A request with a lost response is executed', async () => {
    const { send, store } = await testStore()
    store.faults.add({ fault: 'lost-response', operation: 'PutObject', key: 'k', times: 1 })

    expect(await send('PUT', '/b-bucket/k', INM, 'x')).toMatchObject({ isLost: true })
    expect(await send('PUT', '/b-bucket/k', INM, 'x')).toMatchObject({ status: 412, isLost: false })
  })

  test('A request with the fault unavailable fails with 503, and a copy with the fault error-in-200 changes nothing', async () => {
    const { send, store } = await testStore()
    await send('PUT', '/b-bucket/k', {}, 'x')
    store.faults.add({ fault: 'unavailable', operation: 'GetObject', times: 1 })
    store.faults.add({ fault: 'error-in-200', operation: 'CopyObject', times: 1 })

    expect(await send('GET', '/b-bucket/k')).toMatchObject({ status: 503, code: 'SlowDown' })
    expect(await send('PUT', '/b-bucket/copy', { 'x-amz-copy-source': 'b-bucket/k' })).toMatchObject({
      status: 200,
      code: 'InternalError',
    })
    expect(await send('HEAD', '/b-bucket/copy')).toMatchObject({ status: 404 })
  })

  test('The fault released-meanwhile deletes the key after a 412, and is logged', async () => {
    const { send, store, log } = await testStore()
    await send('PUT', '/v-bucket/k', {}, 'x')
    store.faults.add({ fault: 'released-meanwhile', operation: 'PutObject', key: 'k', times: 1 })

    expect(await send('PUT', '/v-bucket/k', INM, 'y')).toMatchObject({ status: 412 })
    expect(await send('GET', '/v-bucket/k')).toMatchObject({ status: 404, headers: { 'x-amz-delete-marker': 'true' } })
    expect(log.filter((line) => line.includes('fault'))).toEqual(['PutObject v-bucket/k → fault released-meanwhile'])
  })

  test('A conflict on DeleteObjects waits for an entry with a condition', async () => {
    const { send, store } = await testStore()
    store.faults.add({ fault: 'conflict', operation: 'DeleteObjects', times: 1 })
    const plain = '<Delete><Object><Key>k</Key></Object></Delete>'
    const conditional = '<Delete><Object><Key>k</Key><ETag>*</ETag></Object></Delete>'

    expect(await send('POST', '/b-bucket?delete', md5(plain), plain)).toMatchObject({ status: 200 })
    expect(await send('POST', '/b-bucket?delete', md5(conditional), conditional)).toMatchObject({ status: 409 })
  })
})
