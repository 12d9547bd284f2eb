import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { root, vitestCommand } from '../paths'
import { type Lie, startLiar } from '../proxy/liar'
import type { Result } from '../results/format'
import { slug } from '../results/ids'
import { removeRunBuckets } from '../targets/buckets'
import { readSettings } from '../targets/settings'
import { startTarget } from '../targets/start'
import { connect } from '../targets/target'
import { test as base, expect } from '../test'
import type { KnownDeviation, Verdict } from './verdict'

/** The delete markers of some stores are left out. */
const WHAT_EVERY_STORE_DOES = ['specs/write/if-none-match-star', '-t', 'creates the object|is refused']

/**
 * Runs the one spec file of `If-None-Match: *` in a Vitest of its own, against a liar in front of this run's store.
 * Every verdict comes out of such a run as a user would see it.
 */
const test = base.extend('runAgainst', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-verdicts-'))
  const started = inject('target').endpoint ? undefined : await startTarget(readSettings({}), () => {})
  onCleanup(async () => {
    await started?.stop()
    await rm(folder, { recursive: true })
  })
  const target = started ?? inject('target')
  const { endpoint, credentials } = target

  return async (
    lie: Lie,
    known: Record<string, Pick<KnownDeviation, 'observed'>> = {},
    store = 'a-store@a-liar',
    specs = WHAT_EVERY_STORE_DOES,
  ) => {
    const liar = await startLiar(endpoint ?? '', { answer: asS3Does, ...lie }, credentials)
    const [report, S3_KNOWN] = [join(folder, 'report.json'), join(folder, 'known.json')]
    await writeFile(S3_KNOWN, JSON.stringify(recordingOf(known)))
    const { code, output } = await vitest(
      [...specs, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      {
        ...process.env,
        ...(credentials && {
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        }),
        S3_TARGET: 'endpoint',
        S3_ENDPOINT: liar.endpoint,
        S3_STORE: store,
        S3_KNOWN,
        S3_RESULTS: join(folder, 'results.json'),
      },
    )
    await liar.close()
    // What a run could not remove, because the liar kept silent, is still in the store behind it.
    for (const [, runId = ''] of output.matchAll(/Buckets named s3cr-(\w{10})-/g)) {
      await removeRunBuckets(connect(target), runId)
    }
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report
    const results = testResults.flatMap(({ assertionResults }) => assertionResults)
    return { code, output, verdicts: Object.fromEntries(results.map(({ title, meta }) => [title, meta.verdict])) }
  }
})

/** A recording in which a store is known to do these things. */
function recordingOf(known: Record<string, Pick<KnownDeviation, 'observed'>>): Result {
  const checks = Object.entries(known).map(([id, { observed }]) => {
    return [id, { verdict: 'known deviation', observed, cause: 'for-this-test' }]
  })
  return {
    format: 1,
    suite: '0.1.0',
    sdk: '3.0.0',
    date: '2026-11-25',
    store: { name: 'a-store', version: 'a-liar', how: 'endpoint' },
    lacks: {},
    causes: { 'for-this-test': { why: 'for this test' } },
    checks: Object.fromEntries(checks),
    requests: {},
    buckets: 0,
  }
}

interface Report {
  testResults: { assertionResults: { title: string; meta: { verdict?: Verdict } }[] }[]
}

function vitest(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [vitestCommand, 'run', '--project', 'specs', ...args], {
    cwd: root,
    env: { ...env, NO_COLOR: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

const id = (title: string) => `write/if-none-match-star-never-overwrites/${slug(title)}`
const acceptsEverything: Lie = {
  answer: ({ headers }, status) => (headers['if-none-match'] && status === 412 ? { status: 200 } : undefined),
}

test('a store that refuses nothing: holds, deviation, known, changed and no longer', async ({ runAgainst }) => {
  const { code, output, verdicts } = await runAgainst(acceptsEverything, {
    [id('is refused once the key holds an object')]: { observed: 'PutObject answered 500' },
    [id('is refused in a bucket with versioning, too')]: {
      observed: 'PutObject answered 200',
    },
    [id('creates the object again after it was deleted')]: { observed: 'PutObject answered 412' },
  })

  expect(verdicts).toEqual({
    'creates the object while the key is free': 'holds',
    'is refused once the key holds an object': 'changed deviation',
    'is refused in a bucket with versioning, too': 'known deviation',
    'creates the object again after it was deleted': 'no longer deviates',
    'adds a version where a delete marker is current': undefined,
  })
  expect(code).toBe(1)
  expect(output).toContain('If-None-Match: * never overwrites an object: is refused once the key holds an object')
  expect(output).toContain('> if-none-match: *')
  expect(output).toContain('4 checks: 1 hold, 1 known deviations, 0 not applicable, 2 unexpected')
})

test('a deviation that nobody has written down', async ({ runAgainst }) => {
  const { code, verdicts } = await runAgainst(acceptsEverything)

  expect(verdicts).toMatchObject({ 'is refused once the key holds an object': 'deviation' })
  expect(code).toBe(1)
})

test('a store that refuses a write and performs it all the same deviates', async ({ runAgainst }) => {
  const { verdicts, output } = await runAgainst({
    request: ({ headers }) => void delete headers['if-none-match'],
    answer: ({ method, path }, status) =>
      method === 'PUT' && path.includes('x-id=PutObject') && status === 200 && performed.has(path)
        ? { status: 412, body: refusal }
        : void performed.add(path),
  })

  expect(verdicts).toMatchObject({ 'is refused once the key holds an object': 'deviation' })
  expect(output).toContain('its bytes changed')
})

test('a behaviour whose capability the store lacks does not apply', async ({ runAgainst }) => {
  const { code, output, verdicts } = await runAgainst({}, {}, 'ministack@a-liar', ['specs/read/a-website'])

  expect(new Set(Object.values(verdicts))).toEqual(new Set(['not applicable']))
  expect(output).toContain('2 checks: 0 hold, 0 known deviations, 2 not applicable, 0 unexpected')
  expect(code).toBe(0)
})

test('a fixture that fails says nothing about the store', async ({ runAgainst }) => {
  const { code, verdicts } = await runAgainst({
    request: ({ path }) => (path.includes('?versioning') ? { status: 500, body: internalError } : undefined),
  })

  expect(verdicts).toMatchObject({
    'is refused once the key holds an object': 'holds',
    'is refused in a bucket with versioning, too': 'setup failure',
  })
  expect(code).toBe(1)
})

test('buckets that the store does not let go turn a run red', async ({ runAgainst }) => {
  let stored = false
  const { code, output, verdicts } = await runAgainst({
    request: ({ method, path }) => {
      stored ||= path.includes('x-id=PutObject')
      return stored && method === 'DELETE' && !path.includes('x-id=') ? { status: 500, body: internalError } : undefined
    },
  })

  expect(new Set(Object.values(verdicts))).toEqual(new Set(['holds', undefined]))
  expect(output).toMatch(/Buckets named s3cr-\w{10}-\* may be left/)
  expect(code).toBe(1)
})

test('a store that goes away ends the run and is said once', async ({ runAgainst }) => {
  let requests = 0
  const { code, output, verdicts } = await runAgainst({ request: () => (++requests > 12 ? 'nothing' : undefined) })

  expect(Object.values(verdicts)).toContain('unreachable')
  expect(output).toContain('stopped answering: the run was ended')
  expect(output).not.toContain('FAIL')
  expect(code).toBe(1)
})

/** Whatever store is behind the liar, its 412 names the condition. */
const asS3Does: Lie['answer'] = ({ headers }, status) =>
  headers['if-none-match'] && status === 412 ? { status, body: refusal } : undefined

const performed = new Set<string>()
const refusal =
  '<Error><Code>PreconditionFailed</Code><Message>no</Message><Condition>If-None-Match</Condition></Error>'
const internalError = '<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>'
