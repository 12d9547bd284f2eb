import { describe, expect, test } from 'vitest'
import { newFakeStore } from '../../test/fake-store.ts'
import { control } from './control.ts'

const TWO = [
  { fault: 'conflict', operation: 'PutObject', times: 1 },
  { fault: 'latency', operation: '*', milliseconds: 20 },
]

function ask(method: string, path: string, body = '', store = newFakeStore()) {
  const { status, headers, body: parts } = control(store, { method, url: `/_reference/${path}` }, body)
  return { status, type: headers['Content-Type'], text: Buffer.concat(parts).toString(), store }
}

describe('/_reference/', () => {
  test('GET health returns the name and the version', () => {
    const { status, type, text } = ask('GET', 'health')
    expect([status, type]).toEqual([200, 'application/json'])
    expect(JSON.parse(text)).toEqual({ name: 's3-reference-store', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  })

  test('POST faults adds one fault per line', () => {
    const body = '\nconflict:PutObject:times=1\r\n  latency:*:ms=20\n\n'
    const { status, store } = ask('POST', 'faults', body)
    expect([status, store.faults.list()]).toEqual([204, TWO])
    expect(JSON.parse(ask('GET', 'faults', '', store).text)).toEqual(TWO)
    expect(ask('DELETE', 'faults', '', store).status).toBe(204)
    expect(store.faults.list()).toEqual([])
  })

  test('POST faults adds a fault for a percent-encoded key', () => {
    const fault = { fault: 'lost-response', operation: 'PutObject', key: 'log:17 é%', bucket: 'b' }
    const line = `lost-response:PutObject:bucket=b:key=${encodeURIComponent(fault.key)}`
    expect(ask('POST', 'faults', line).store.faults.list()).toEqual([fault])
  })

  test.each([
    ['a name that does not exist', 'explosion:PutObject', 'fault must be one of'],
    ['one invalid line out of two', 'conflict:PutObject:times=1\nconflict:GetObject', 'conflict applies only to'],
    ['JSON', JSON.stringify(TWO), 'use conflict:PutObject'],
  ])('POST faults fails with 400 for %s, and adds no faults', (_, body, why) => {
    const { status, type, text, store } = ask('POST', 'faults', body)
    expect([status, type]).toEqual([400, 'text/plain; charset=utf-8'])
    expect(text).toContain(why)
    expect(store.faults.list()).toEqual([])
  })

  test('POST reset resets the store', () => {
    expect(ask('POST', 'reset')).toMatchObject({ status: 204, store: { resets: 1 } })
    expect(ask('GET', 'reset')).toMatchObject({ status: 404, store: { resets: 0 } })
  })

  test.each([
    ['GET', 'other'],
    ['POST', 'health'],
    ['PUT', 'faults'],
    ['GET', ''],
  ])('%s %s fails with 404', (method, path) => {
    expect(ask(method, path).status).toBe(404)
  })
})
