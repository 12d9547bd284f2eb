import { expect, test } from 'vitest'
import { anonymised, redact, redactException, redactReported, rememberSecretsOf } from './redact'

const signature = 'a'.repeat(64)

test('only secrets of requests that were sent are redacted', () => {
  rememberSecretsOf({
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAREDACTEDKEYID0/x, Signature=${signature}`,
    'x-amz-security-token': 'a-session-token',
  })

  expect(redact(`AKIAREDACTEDKEYID0 sent a-session-token, ${signature}`)).toBe('*** sent ***, ***')
  expect(redact(`${'b'.repeat(64)} AKIAANOTHERKEYID0000`)).toBe(`${'b'.repeat(64)} AKIAANOTHERKEYID0000`)
})

test.for<[string, string]>([
  ['https://user:password@host/b', 'https://***@host/b'],
  ['/b/k?X-Amz-Signature=abc&partNumber=1', '/b/k?X-Amz-Signature=***&partNumber=1'],
  ['<StringToSign>AWS4-HMAC-SHA256\n2026</StringToSign>', '<StringToSign>***</StringToSign>'],
  ['arn:aws:iam::123456789012:user/a', 'arn:aws:iam::***:user/a'],
])('%s is shown as %s', ([text, shown]) => {
  expect(redact(text)).toBe(shown)
})

test('an exception keeps its members but serialises only those that may be shown', () => {
  const cause = new Error('https://user:password@host')
  const error = Object.assign(new Error('no', { cause }), { Code: 'AccessDenied', $response: { headers: {} } })

  expect(redactException(error)).toBe(error)
  expect(error.$response).toBeDefined()
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'Error',
    Code: 'AccessDenied',
    message: 'no',
    stack: error.stack,
  })
  expect(cause.message).toBe('https://***@host')
})

test('a reported error has only members that may be shown, and its cause is redacted', () => {
  const error = { name: 'Error', message: 'no', $response: {}, cause: { message: '//user:password@host', token: 'a' } }

  expect(redactReported(error)).toEqual({ name: 'Error', message: 'no', cause: { message: '//***@host' } })
  expect(redactReported({ message: 'no', cause: '//user@host' } as never)).toEqual({
    message: 'no',
    cause: '//***@host',
  })
})

test('a recorded value is anonymised', () => {
  const recorded = { path: '/s3cr-0123456789-abc/k', RequestId: '1', by: 'arn:aws:sts::123456789012:assumed-role/a/b' }

  expect(anonymised(recorded)).toEqual({ path: '/s3cr-***/k', by: 'arn:aws:sts::***' })
})
