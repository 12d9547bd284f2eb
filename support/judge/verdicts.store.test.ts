import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lie } from '../proxy/liar'
import { expect } from '../test'
import {
  AGAIN,
  acceptsEverything,
  FREE,
  honest,
  id,
  insteadOf412,
  known,
  refusal,
  TAKEN,
  VERSIONED,
  WHAT_EVERY_STORE_DOES,
  withoutCondition,
  writesBehind,
} from './lies'
import { test } from './nested'

// Every verdict and every level is shown to come out, by a run of one spec file against a liar.

test('a store that does as Amazon S3 does', async ({ nested }) => {
  const { code, meta, output } = await nested({ lie: honest, args: WHAT_EVERY_STORE_DOES })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'holds' })
  expect(output).toMatch(/4 hold/)
  expect(code).toBe(0)
})

test('a store that refuses nothing: deviation, known, changed and no longer', async ({ nested }) => {
  const { code, output, meta } = await nested({
    lie: acceptsEverything,
    args: WHAT_EVERY_STORE_DOES,
    known: {
      [id(TAKEN)]: 'PutObject answered 500',
      [id(VERSIONED)]: 'PutObject accepted with 200',
      [id(AGAIN)]: 'PutObject answered 412',
    },
  })

  expect(meta[FREE]).toMatchObject({ verdict: 'holds' })
  expect(meta[TAKEN]).toMatchObject({ verdict: 'changed deviation', level: 'data' })
  expect(meta[VERSIONED]).toMatchObject({ verdict: 'known deviation', level: 'data' })
  expect(meta[AGAIN]).toMatchObject({ verdict: 'no longer deviates' })
  expect(output).toContain('If-None-Match: * never overwrites an object: is refused once the key holds an object')
  expect(output).toContain('> if-none-match: *')
  expect(code).toBe(1)
})

test('a deviation that nobody has written down', async ({ nested }) => {
  const { code, meta } = await nested({ lie: acceptsEverything, args: WHAT_EVERY_STORE_DOES })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'deviation', level: 'data' })
  expect(code).toBe(1)
})

test('a refusal that lacks its Condition is a detail, and one with another status is another answer', async ({
  nested,
}) => {
  const detail = await nested({ lie: withoutCondition, args: WHAT_EVERY_STORE_DOES })
  const answer = await nested({ lie: insteadOf412(409, refusal('', 'Conflict')), args: WHAT_EVERY_STORE_DOES })

  expect(detail.meta[TAKEN]).toMatchObject({
    level: 'detail',
    observed: 'PutObject answered 412 PreconditionFailed, no Condition',
  })
  expect(answer.meta[TAKEN]).toMatchObject({ level: 'answer', observed: 'PutObject answered 409 Conflict' })
})

test('a known deviation hides no write behind the refusal', async ({ nested }) => {
  const pinned = known('PutObject answered 412 PreconditionFailed, no Condition')
  const as = await nested({ lie: withoutCondition, args: WHAT_EVERY_STORE_DOES, known: pinned })
  const worse = await nested({ lie: writesBehind(''), args: WHAT_EVERY_STORE_DOES, known: pinned })

  expect(as.meta[TAKEN]).toMatchObject({ verdict: 'known deviation', level: 'detail' })
  expect(as.code).toBe(0)
  expect(worse.meta[TAKEN]).toMatchObject({
    verdict: 'changed deviation',
    level: 'data',
    observed: 'PutObject answered 412 PreconditionFailed, no Condition; its bytes changed',
  })
  expect(worse.code).toBe(1)
})

test('a store that refuses as Amazon S3 does and writes all the same', async ({ nested }) => {
  const { meta, output } = await nested({ lie: writesBehind(), args: WHAT_EVERY_STORE_DOES })

  expect(meta[TAKEN]).toMatchObject({
    verdict: 'deviation',
    level: 'data',
    observed: 'PutObject answered 412 PreconditionFailed (Condition: If-None-Match); its bytes changed',
  })
  expect(output).toContain('its bytes changed')
})

test('a refusal inside a 200, and an ignored condition', async ({ nested }) => {
  const title = 'UploadPartCopy answers 412 for'
  const args = ['specs/copy-source/if-none-match-answers-412']
  const isPart = ({ path, headers }: { path: string; headers: object }) =>
    path.includes('partNumber=') && 'x-amz-copy-source-if-none-match' in headers
  const inside = await nested({
    args,
    lie: {
      answer: (passing, status) => (isPart(passing) && status === 412 ? { status: 200, body: refusal('') } : undefined),
    },
  })
  const ignored = await nested({
    args,
    lie: { request: (passing) => void (isPart(passing) && delete passing.headers['x-amz-copy-source-if-none-match']) },
  })
  const of = (run: typeof inside) => Object.entries(run.meta).find(([name]) => name.startsWith(title))?.[1]

  expect(of(inside)).toMatchObject({
    level: 'answer',
    observed: 'UploadPartCopy refused inside a 200 PreconditionFailed',
  })
  expect(of(ignored)).toMatchObject({
    level: 'data',
    observed: 'UploadPartCopy accepted with 200; it has the parts [1]',
  })
})

test('a refusal that is no XML', async ({ nested }) => {
  const { meta } = await nested({ lie: insteadOf412(412, '<html>nginx</html>'), args: WHAT_EVERY_STORE_DOES })

  expect(meta[TAKEN]).toMatchObject({
    verdict: 'deviation',
    level: 'detail',
    observed: 'PutObject answered 412 with a body that is no XML, no Code, no Condition',
  })
})

test('what differs on Amazon S3 contradicts the reference', async ({ nested }) => {
  const { code, meta, output } = await nested({
    lie: withoutCondition,
    args: WHAT_EVERY_STORE_DOES,
    store: 'aws@us-east-1',
    known: known('PutObject answered 412 PreconditionFailed, no Condition'),
  })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'contradicts the reference', level: 'detail' })
  expect(output).toContain('Contradicts the reference')
  expect(code).toBe(1)
})

test('a behaviour whose capability the store lacks does not apply', async ({ nested }) => {
  const { code, meta } = await nested({ args: ['specs/read/a-website'], store: 'ministack@a-liar' })

  expect(new Set(Object.values(meta).map(({ verdict }) => verdict))).toEqual(new Set(['not applicable']))
  expect(code).toBe(0)
})

test('a known deviation is said as such by the reporters that can', async ({ nested }) => {
  const reporters = ['junit', 'tap', 'verbose', 'github-actions'].map((name) => `--reporter=${name}`)
  const observed = 'PutObject accepted with 200; its bytes changed'
  const { output, folder, meta } = await nested({
    lie: writesBehindNothing,
    args: [...WHAT_EVERY_STORE_DOES, ...reporters, '--outputFile.junit={folder}/junit'],
    known: known(observed),
    env: { GITHUB_ACTIONS: 'true' },
  })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'known deviation', observed })
  expect(await readFile(join(folder, 'junit'), 'utf8')).toMatch(
    /<property name="known deviation" value="PutObject accepted with 200; its bytes/,
  )
  expect(output).toMatch(/^ *# known deviation: PutObject accepted/m)
  expect(output).toMatch(/^ *❯ known deviation/m)
  expect(output).toContain('::notice file=specs/write/if-none-match-star-never-overwrites.spec.ts,line=1,title=Known')
  expect(output).toContain('2 known deviations')
})

/** A store that knows no condition: it writes and says so. */
const writesBehindNothing: Lie = {
  request: ({ method, headers }) => void (method === 'PUT' && delete headers['if-none-match']),
}
