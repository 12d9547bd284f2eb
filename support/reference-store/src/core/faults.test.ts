import { describe, expect, test } from 'vitest'
import { type Fault, newFaults, readFault } from './faults.ts'
import { readRequest } from './request.ts'

const request = (method: string, url: string, headers: Record<string, string> = {}) =>
  readRequest({ method, url, headers })
const put = request('PUT', '/b/k', { 'if-none-match': '*' })

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
  ])('is read from %s', ([text = '', fault]) => {
    expect(readFault(text as string)).toEqual(fault)
  })

  test.for([
    ['conflict:PutObjectt:times=1', /there is no operation PutObjectt; use one of .*PutObject/],
    ['conflict:GetObject', /conflict can only happen to PutObject/],
    ['conflict:HeadBucket', /conflict can only happen to/],
    ['conflict:UploadPart', /conflict can only happen to/],
    ['error-in-200:PutObject', /can only happen to CopyObject, UploadPartCopy, CompleteMultipartUpload/],
    ['lost-answer:PutObject', /fault must be one of conflict, lost-response/],
    ['conflict:PutObject:1', /1 is not key=, bucket=, times= or ms=/],
    ['conflict:PutObject:times=0', /times must be a whole number from 1/],
    ['latency:PutObject', /latency needs milliseconds/],
    ['conflict:PutObject:ms=3', /only latency has milliseconds/],
    ['conflict:PutObject:key=', /key must not be empty/],
  ] as const)('that can never happen is refused: %s', ([text, why]) => {
    expect(() => readFault(text)).toThrow(why)
  })

  test('that can never happen is refused by add, too', () => {
    expect(() => newFaults().add({ fault: 'conflict', operation: 'GetObject' } as Fault)).toThrow(TypeError)
  })

  test('is used up by the requests that it is for', () => {
    const faults = newFaults([{ fault: 'conflict', operation: 'PutObject', key: 'k', times: 2 }])

    expect(faults.meet(request('PUT', '/b/other'), ['other'], true)).toEqual([])
    expect(faults.meet(request('GET', '/b/k'), ['k'], false)).toEqual([])
    expect(faults.meet(put, ['k'], true)).toHaveLength(1)
    expect(faults.list()).toMatchObject([{ times: 1 }])
    expect(faults.meet(put, ['k'], true)).toHaveLength(1)
    expect(faults.meet(put, ['k'], true)).toEqual([])
  })

  test('that is a conflict waits for a conditional request', () => {
    const faults = newFaults([{ fault: 'conflict', operation: '*', times: 1 }])

    expect(faults.meet(request('PUT', '/b/k'), ['k'], false)).toEqual([])
    expect(faults.meet(put, ['k'], true)).toHaveLength(1)
  })

  test('that releases a key waits for a 412', () => {
    const faults = newFaults([{ fault: 'released-meanwhile', operation: 'PutObject', times: 1 }])

    expect(faults.meet(put, ['k'], true)).toEqual([])
    expect(faults.take('released-meanwhile', put, ['k'])).toBe(true)
    expect(faults.take('released-meanwhile', put, ['k'])).toBe(false)
  })
})
