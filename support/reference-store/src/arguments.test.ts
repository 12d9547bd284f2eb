import { describe, expect, test } from 'vitest'
import { readArguments, UsageError } from './arguments.ts'

describe('the message for an invalid argument has one line with the argument, its value and the correction', () => {
  const port = 'Use a number from 1 to 65535, or omit the option. The default is a free port.'
  const help = 'Run s3-reference-store --help to list all options.'

  test.each([
    [['--port', 'x'], `Invalid --port x. ${port}`],
    [['--port=65536'], `Invalid --port 65536. ${port}`],
    [['--port='], `Invalid --port "". ${port}`],
    [['--port=-1'], `Invalid --port -1. ${port}`],
    [['--port'], `Option '--port <value>' argument missing. ${help}`],
    [['--port', '--quiet'], `Option '--port' argument is ambiguous. ${help}`],
    [['--prot', '4570'], `Unknown option '--prot'. ${help}`],
    [['-p', '4570'], `Unknown option '-p'. ${help}`],
    [['--quiet=yes'], `Option '--quiet' does not take an argument. ${help}`],
    [['--no-quiet'], `Unknown option '--no-quiet'. ${help}`],
    [['4570'], `Unexpected argument '4570'. This command does not take positional arguments. ${help}`],
    [['--', 'x'], `Unexpected argument 'x'. This command does not take positional arguments. ${help}`],
    [
      ['--host', ''],
      'Invalid --host "". Use a host name or an IP address, or omit the option. The default is 127.0.0.1.',
    ],
    [['--host', 'http://x'], expect.stringContaining('Invalid --host http://x. Use a host name or an IP address')],
    [['--fault', 'conflict'], expect.stringMatching(/^Invalid --fault conflict: .*use conflict:PutObject:times=1/)],
    [
      ['--fault', 'conflict:GetObject'],
      expect.stringMatching(/^Invalid --fault conflict:GetObject: .* applies only to/),
    ],
    [
      ['--fault', 'latency:*:ms=x'],
      expect.stringMatching(/^Invalid --fault latency:\*:ms=x: the latency fault requires/),
    ],
    [['--fault', 'slow:PutObject'], expect.stringMatching(/^Invalid --fault slow:PutObject: fault must be one of/)],
    [['--fault', ''], expect.stringMatching(/^Invalid --fault "": fault must be one of/)],
    [['--fault', 'a\nb'], expect.stringMatching(/^Invalid --fault "a\\nb": fault must be one of/)],
  ])('The arguments %j are rejected with a one-line message', (args, expected) => {
    expect(messageFor(args)).toEqual(expected)
    expect(messageFor(args)).not.toContain('\n')
  })
})

test('The arguments are parsed into options', () => {
  const fault = 'conflict:PutObject:key=a%3Ab:times=2'
  const args = ['--port=4570', '--host', '::1', '--fault', fault, '--fault', 'latency:*:ms=5', '--verify-signatures']
  expect(readArguments(args)).toEqual({
    isQuiet: false,
    options: {
      port: 4570,
      host: '::1',
      verifySignatures: true,
      faults: [
        { fault: 'conflict', operation: 'PutObject', key: 'a:b', times: 2 },
        { fault: 'latency', operation: '*', milliseconds: 5 },
      ],
    },
  })
})

test('The argument --help takes precedence over other arguments', () => {
  expect(readArguments(['--port', '4570', '-h']).text).toMatch(/^Usage: s3-reference-store/)
})

function messageFor(args: readonly string[]): string {
  try {
    readArguments(args)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  throw new Error('Expected readArguments to reject the arguments.')
}
