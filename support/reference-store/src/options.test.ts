import { describe, expect, test } from 'vitest'
import { settingsOf } from './options.ts'
import type { ReferenceStoreOptions } from './types.ts'

describe('an invalid option fails with a TypeError that names the option, its value and the correction', () => {
  const port = 'Use a number from 1 to 65535, or omit the option. The default is a free port.'
  const host = 'Use a host name or an IP address, or omit the option. The default is 127.0.0.1.'
  const keyPair = /Use \{ accessKeyId, secretAccessKey \}, both non-empty strings/

  test.each<[unknown, string | RegExp]>([
    [{ port: '4570' }, `Invalid option port: "4570". ${port}`],
    [{ port: -1 }, `Invalid option port: -1. ${port}`],
    [{ port: 65_536 }, `Invalid option port: 65536. ${port}`],
    [{ port: Number.NaN }, `Invalid option port: NaN. ${port}`],
    [{ port: 1.5 }, `Invalid option port: 1.5. ${port}`],
    [{ port: null }, `Invalid option port: null. ${port}`],
    [{ port: 1n }, `Invalid option port: 1. ${port}`],
    [{ host: '' }, `Invalid option host: "". ${host}`],
    [{ host: 'http://localhost' }, `Invalid option host: "http://localhost". ${host}`],
    [{ region: 'EU West' }, /^Invalid option region: "EU West"\. Use the name of a region such as 'eu-west-1'/],
    [{ owner: 'test' }, /^Invalid option owner: "test"\./],
    [{ owner: { accessKeyId: 'a/b', secretAccessKey: 'x' } }, keyPair],
    [{ owner: { accessKeyId: 'a', secretAccessKey: '' } }, keyPair],
    [{ secondUser: { accessKeyId: 'guest' } }, keyPair],
    [
      { secondUser: { accessKeyId: 'test', secretAccessKey: 'x' } },
      /^Invalid option secondUser: .* Use an accessKeyId that differs/,
    ],
    [{ faults: 'conflict:PutObject' }, /^Invalid option faults: "conflict:PutObject"\. Use an array such as/],
    [{ faults: [null] }, /^Invalid option faults: \[null\]\. Use an array/],
    [{ log: console }, /^Invalid option log: .* Use a function that accepts a string/],
    [{ now: new Date() }, /^Invalid option now: ".*"\. Use a function that returns a valid Date/],
    [{ now: () => Date.now() }, /^Invalid option now: a function\. Use a function that returns a valid Date/],
    [{ now: () => new Date('x') }, /^Invalid option now: a function\. Use a function that returns a valid Date/],
    [{ maxBytes: 0 }, /^Invalid option maxBytes: 0\. Use a positive whole number of bytes/],
    [{ maxBytes: '2GiB' }, /^Invalid option maxBytes: "2GiB"\./],
    [{ verifySignatures: 'no' }, /^Invalid option verifySignatures: "no"\. Use true or false\.$/],
    [{ prot: 4570 }, /^Unknown option prot: 4570\. Use one of port, host, /],
    [4570, /^Invalid options: 4570\. Use an object such as \{ port: 4570 \}, or omit the argument\.$/],
  ])('The options %o fail with a TypeError', (options, message) => {
    const check = () => settingsOf(options as ReferenceStoreOptions)
    expect(check).toThrow(TypeError)
    expect(check).toThrow(message)
  })

  test('A message can contain a value that JSON cannot represent', () => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    expect(() => settingsOf({ region: circular } as never)).toThrow(/^Invalid option region: \[object Object\]\. Use/)
  })

  test('A message does not contain a secret', () => {
    const owner = { accessKeyId: 'a b', secretAccessKey: 'very secret' }
    expect(() => settingsOf({ owner })).toThrow(/^Invalid option owner: {"accessKeyId":"a b","secretAccessKey":"…"}\./)
  })

  test('A message truncates a long value', () => {
    expect(() => settingsOf({ host: ` ${'x'.repeat(10_000)}` })).toThrow(
      /^Invalid option host: .{0,210}… ?\. Use a host/,
    )
  })
})

test('The options have defaults, and an undefined option counts as omitted', () => {
  const settings = settingsOf({ port: undefined, log: undefined } as ReferenceStoreOptions)
  expect(settings).toEqual({
    port: 0,
    host: '127.0.0.1',
    region: 'us-east-1',
    owner: { accessKeyId: 'test', secretAccessKey: 'test' },
    secondUser: { accessKeyId: 'guest', secretAccessKey: 'guest' },
    faults: [],
    now: expect.any(Function),
    maxBytes: 2_147_483_648,
    verifySignatures: false,
  })
  expect(settings.now()).toBeInstanceOf(Date)
})
