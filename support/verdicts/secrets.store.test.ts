import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '../test'
import { test } from '../testing/run-suite'
import type { Tamper } from '../wire/tampering-proxy'

// Runs specs and some of the suite's own tests against an endpoint that echoes every request, so that they fail.
// Neither the output nor any file that the run writes may contain a secret.

const secrets = {
  AWS_ACCESS_KEY_ID: 'AKIAS3CRECHOEDKEYID0',
  AWS_SECRET_ACCESS_KEY: 'a-secret-access-key-that-nobody-may-ever-see',
  AWS_SESSION_TOKEN: 'a-session-token-that-nobody-may-ever-see',
}

/** Builds an error whose elements and message contain all values that stores are known to echo. */
function echo(headers: Readonly<Record<string, unknown>>, code: string): string {
  const { authorization = '', 'x-amz-security-token': token = '' } = headers
  const signature = /Signature=(\w+)/.exec(String(authorization))?.[1]
  const toSign = `AWS4-HMAC-SHA256\n20261126T000000Z\n20261126/us-east-1/s3/aws4_request\n${'0'.repeat(64)}`
  return [
    `<Error><Code>${code}</Code><Message>${secrets.AWS_ACCESS_KEY_ID} sent ${token} and signed ${toSign}</Message>`,
    `<AWSAccessKeyId>${secrets.AWS_ACCESS_KEY_ID}</AWSAccessKeyId><Token-0>${token}</Token-0>`,
    `<StringToSign>${toSign}</StringToSign><SignatureProvided>${signature}</SignatureProvided>`,
    `<Authorization>${authorization}</Authorization><CanonicalRequest>GET\n/\n\n${authorization}</CanonicalRequest></Error>`,
  ].join('')
}

/** Responds with various errors to conditional requests from specs, and to requests from the suite's own tests. */
const echoing: Tamper = {
  request: ({ method, path, headers }) => {
    if (headers['if-none-match']) return { status: 403, body: echo(headers, 'SignatureDoesNotMatch') }
    if (headers['if-match']) return { status: 503, body: echo(headers, 'SlowDown') }
    if (headers['if-modified-since']) return { status: 412, body: `not XML: ${echo(headers, 'x')}` }
    if (method === 'POST' && path.includes('uploads')) return { status: 503, body: echo(headers, 'SlowDown') }
    if (method === 'PUT' && path.includes('twice')) return { status: 400, body: echo(headers, 'InvalidRequest') }
    return undefined
  },
}

const FILES = ['json', 'junit', 'blob']

test('no secret reaches the output or a file', { timeout: 300_000 }, async ({ runSuite }) => {
  const reporters = ['default', 'verbose', 'tap', 'github-actions', ...FILES]
  const { code, output, folder } = await runSuite({
    projects: ['specs', 'store'],
    args: [
      'specs/write/if-none-match',
      'specs/write/if-match-does-not',
      'specs/read/if-modified',
      'support/targets/buckets',
      ...reporters.filter((name) => name !== 'json').map((name) => `--reporter=${name}`),
      ...FILES.filter((name) => name !== 'json').map((name) => `--outputFile.${name}={folder}/report.${name}`),
    ],
    tamper: echoing,
    env: { ...secrets, GITHUB_ACTIONS: 'true' },
  })

  const files = await readdir(folder)
  const written = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  const everything = [output, ...written].join('\n')

  expect(code).toBe(1)
  // The search for secrets is meaningful only if errors were printed, the suite's own tests failed, and all files
  // exist.
  expect(output).toContain('SignatureDoesNotMatch')
  expect(output).toMatch(/FAIL .*buckets\.store\.test\.ts/)
  expect(files).toEqual(expect.arrayContaining(['report.blob', 'report.junit', 'report.json', 'results.json']))
  for (const secret of Object.values(secrets)) expect(everything.includes(secret), secret).toBe(false)
  expect(everything).not.toMatch(/AWS4-HMAC-SHA256|Signature=\w|Credential=\w|\b[0-9a-f]{64}\b/)
})
