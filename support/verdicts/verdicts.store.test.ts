import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonical, type Finding } from '../observation'
import { findingSentence, sentenceOf } from '../sentence'
import { expect } from '../test'
import {
  AGAIN,
  acceptsEverything,
  changedBytes,
  errorBody,
  FREE,
  failed,
  failedWith412,
  id,
  insteadOf412,
  known,
  noCondition,
  returned,
  TAKEN,
  VERSIONED,
  WHAT_EVERY_STORE_DOES,
  withCondition,
  withoutCondition,
  writesSilently,
} from '../testing/misbehaving-stores'
import { test } from '../testing/run-suite'
import type { Tamper } from '../wire/tampering-proxy'

// Runs individual spec files on misbehaving stores, so that every verdict and every severity occurs.

test('every check holds on a store that behaves like Amazon S3', async ({ runSuite }) => {
  const { code, meta } = await runSuite({ tamper: withCondition, args: WHAT_EVERY_STORE_DOES })

  expect([FREE, TAKEN, VERSIONED, AGAIN].map((title) => meta[title]?.verdict)).toEqual(Array(4).fill('holds'))
  expect(code).toBe(0)
})

test('a store that ignores the condition gets every verdict that depends on the baseline', async ({ runSuite }) => {
  const { code, output, meta } = await runSuite({
    tamper: acceptsEverything,
    args: WHAT_EVERY_STORE_DOES,
    known: {
      [id(TAKEN)]: [failed(500)],
      [id(VERSIONED)]: [returned],
      [id(AGAIN)]: [failed(412)],
    },
  })

  expect(meta[FREE]).toMatchObject({ verdict: 'holds' })
  expect(meta[TAKEN]).toMatchObject({ verdict: 'changed deviation', deviation: { severity: 'data' } })
  expect(meta[VERSIONED]).toMatchObject({ verdict: 'known deviation', deviation: { severity: 'data' } })
  expect(meta[AGAIN]).toMatchObject({ verdict: 'no longer deviates' })
  expect(output).toContain(
    'If-None-Match: * never overwrites an object: PutObject with If-None-Match: * fails with 412 when the key exists',
  )
  expect(output).toContain('> if-none-match: *')
  expect(code).toBe(1)
})

test('a deviation that is not in the baseline fails the run', async ({ runSuite }) => {
  const { code, meta } = await runSuite({ tamper: acceptsEverything, args: WHAT_EVERY_STORE_DOES })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'deviation', deviation: { severity: 'data' } })
  expect(code).toBe(1)
})

test('an error without its Condition has severity detail, and a different status has severity status', async ({
  runSuite,
}) => {
  const detail = await runSuite({ tamper: withoutCondition, args: WHAT_EVERY_STORE_DOES })
  const status = await runSuite({ tamper: insteadOf412(409, errorBody('', 'Conflict')), args: WHAT_EVERY_STORE_DOES })

  expect(detail.meta[TAKEN]?.deviation).toMatchObject({ severity: 'detail', observed: [noCondition, failedWith412] })
  expect(status.meta[TAKEN]?.deviation).toMatchObject({
    severity: 'status',
    observed: [failed(409, { code: 'Conflict' })],
  })
})

test('a known deviation does not hide a change made by a failed request', async ({ runSuite }) => {
  const entries = known(failedWith412, noCondition)
  const same = await runSuite({ tamper: withoutCondition, args: WHAT_EVERY_STORE_DOES, known: entries })
  const worse = await runSuite({ tamper: writesSilently(''), args: WHAT_EVERY_STORE_DOES, known: entries })

  expect(same.meta[TAKEN]).toMatchObject({ verdict: 'known deviation', deviation: { severity: 'detail' } })
  expect(same.code).toBe(0)
  expect(worse.meta[TAKEN]).toMatchObject({
    verdict: 'changed deviation',
    deviation: { severity: 'data', observed: [noCondition, changedBytes, failedWith412] },
  })
  expect(worse.code).toBe(1)
})

test('a store that returns 412 like Amazon S3 but still writes deviates', async ({ runSuite }) => {
  const { meta, output } = await runSuite({ tamper: writesSilently(), args: WHAT_EVERY_STORE_DOES })

  expect(meta[TAKEN]).toMatchObject({
    verdict: 'deviation',
    deviation: {
      severity: 'data',
      observed: [changedBytes, failed(412, { code: 'PreconditionFailed', condition: 'If-None-Match' })],
    },
  })
  expect(output).toContain(sentenceOf([changedBytes]))
})

test('a request that fails although the spec expects success is a deviation', async ({ runSuite }) => {
  const { meta, output } = await runSuite({
    tamper: {
      request: ({ method, headers }) =>
        method === 'PUT' && headers['if-none-match']
          ? { status: 501, body: errorBody('<Header>If-None-Match</Header>', 'NotImplemented') }
          : undefined,
    },
    args: WHAT_EVERY_STORE_DOES,
  })
  const deviation = { severity: 'status', observed: [failed(501, { code: 'NotImplemented', header: 'If-None-Match' })] }
  const expected = { kind: 'success' }

  expect(meta[AGAIN]).toMatchObject({ verdict: 'deviation', deviation: { ...deviation, expected } })
  expect(output).toContain(findingSentence({ ...deviation, expected } as Finding))
})

test('an error in a 200 response has severity status, and an ignored condition has severity data', async ({
  runSuite,
}) => {
  const title = 'UploadPartCopy with x-amz-copy-source-if-none-match fails with 412 for'
  const args = ['specs/copy-source/if-none-match-fails-with-412']
  const isPart = ({ path, headers }: { path: string; headers: object }) =>
    path.includes('partNumber=') && 'x-amz-copy-source-if-none-match' in headers
  const inside = await runSuite({
    args,
    tamper: {
      response: (passing, { status }) =>
        isPart(passing) && status === 412 ? { status: 200, body: errorBody('') } : undefined,
    },
  })
  const ignored = await runSuite({
    args,
    tamper: {
      request: (passing) => void (isPart(passing) && delete passing.headers['x-amz-copy-source-if-none-match']),
    },
  })
  const of = (run: typeof inside) => Object.entries(run.meta).find(([name]) => name.startsWith(title))?.[1]

  const response = { kind: 'response', operation: 'UploadPartCopy', status: 200 } as const
  expect(of(inside)?.deviation).toMatchObject({
    severity: 'status',
    observed: [{ ...response, code: 'PreconditionFailed', body: 'error in success' }],
  })
  expect(of(ignored)?.deviation).toMatchObject({
    severity: 'data',
    observed: [{ kind: 'parts', parts: [1] }, response],
  })
})

test('an error that is not XML has severity detail', async ({ runSuite }) => {
  const { meta } = await runSuite({ tamper: insteadOf412(412, '<html>nginx</html>'), args: WHAT_EVERY_STORE_DOES })

  expect(meta[TAKEN]).toMatchObject({
    verdict: 'deviation',
    deviation: {
      severity: 'detail',
      observed: [{ ...noCondition, name: 'Code' }, noCondition, failed(412, { body: 'not XML' })],
    },
  })
})

test('a deviation on Amazon S3 contradicts the reference', async ({ runSuite }) => {
  const { code, meta } = await runSuite({
    tamper: withoutCondition,
    args: WHAT_EVERY_STORE_DOES,
    store: 'aws@us-east-1',
    known: known(failedWith412, noCondition),
  })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'contradicts the reference', deviation: { severity: 'detail' } })
  expect(code).toBe(1)
})

test('a behaviour is unsupported if the store lacks its capability', async ({ runSuite }) => {
  const { code, meta } = await runSuite({ args: ['specs/read/a-website'], store: 'ministack@misbehaving' })

  expect(new Set(Object.values(meta).map(({ verdict }) => verdict))).toEqual(new Set(['unsupported']))
  expect(code).toBe(0)
})

test('reporters show known deviations', async ({ runSuite }) => {
  const reporters = ['junit', 'tap', 'verbose', 'github-actions'].map((name) => `--reporter=${name}`)
  const observed = canonical([returned, changedBytes])
  const sentence = sentenceOf(observed)
  const { output, folder, meta } = await runSuite({
    tamper: ignoresCondition,
    args: [...WHAT_EVERY_STORE_DOES, ...reporters, '--outputFile.junit={folder}/junit'],
    known: known(...observed),
    env: { GITHUB_ACTIONS: 'true' },
  })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'known deviation', deviation: { observed } })
  const escaped = sentence.replaceAll("'", '&apos;')
  expect(await readFile(join(folder, 'junit'), 'utf8')).toContain(`<property name="known deviation" value="${escaped}`)
  expect(output).toContain(`# known deviation: ${sentence}`)
  expect(output).toMatch(/^ *❯ known deviation/m)
  expect(output).toContain('::notice file=specs/write/if-none-match-never-overwrites.spec.ts,line=1,title=Known')
})

const ignoresCondition: Tamper = {
  request: ({ method, headers }) => void (method === 'PUT' && delete headers['if-none-match']),
}
