import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lie } from '../proxy/liar'
import { slug } from '../results/ids'
import { expect } from '../test'
import { type NestedOptions, test } from './nested'

// Every verdict and every level is shown to come out, by a run of one spec file against a liar.

/** The delete markers of some stores are left out. */
const WHAT_EVERY_STORE_DOES = ['specs/write/if-none-match-star', '-t', 'creates the object|is refused']
const FREE = 'creates the object while the key is free'
const TAKEN = 'is refused once the key holds an object'
const VERSIONED = 'is refused in a bucket with versioning, too'
const AGAIN = 'creates the object again after it was deleted'

const id = (title: string) => `write/if-none-match-star-never-overwrites/${slug(title)}`
const known = (observed: string): NestedOptions['known'] => ({
  [id(TAKEN)]: observed,
  [id(VERSIONED)]: observed,
})

const refusal = (condition = '<Condition>If-None-Match</Condition>', code = 'PreconditionFailed') =>
  `<Error><Code>${code}</Code><Message>no</Message>${condition}</Error>`
const isWrite: NonNullable<Lie['answer']> = ({ method, path, headers }) =>
  method === 'PUT' && path.includes('x-id=PutObject') && 'if-none-match' in headers ? { status: 0 } : undefined
/** What a store says instead of its 412 to a conditional write. */
const insteadOf412 = (status: number, body?: string): Lie => ({
  answer: (passing, answered) => (isWrite(passing, answered) && answered === 412 ? { status, body } : undefined),
})
/** Whatever store is behind the liar, its 412 names the condition. */
const honest = insteadOf412(412, refusal())
const acceptsEverything = insteadOf412(200)
const withoutCondition = insteadOf412(412, refusal(''))
/** Writes although it refuses. */
const writesBehind = (condition?: string): Lie => {
  const taken = new Set<string>()
  return {
    request: (passing) => {
      const [key = ''] = passing.path.split('?')
      if (passing.method === 'PUT' && passing.path.includes('x-id=PutObject')) {
        if (passing.headers['if-none-match'] && taken.has(key)) passing.headers['x-liar'] = 'refuse'
        taken.add(key)
        delete passing.headers['if-none-match']
      }
      return undefined
    },
    answer: ({ headers }) => (headers['x-liar'] ? { status: 412, body: refusal(condition) } : undefined),
  }
}

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

test('a fixture that is refused says nothing about the store, and which request it was', async ({ nested }) => {
  const { code, meta, output } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: {
      request: ({ method, path }) =>
        method === 'PUT' && path.includes('versioning')
          ? { status: 403, body: refusal('', 'AccessDenied') }
          : undefined,
      ...honest,
    },
  })

  expect(meta[FREE]).toMatchObject({ verdict: 'holds' })
  expect(meta[VERSIONED]).toMatchObject({ verdict: 'setup failure' })
  expect(output).toMatch(/Setup failure: If-None-Match/)
  expect(output).toMatch(/> PUT \S*versioning/)
  expect(code).toBe(1)
})

test('a bucket that could not be made is made anew by the next test', async ({ nested }) => {
  let refused = 0
  const { meta } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: {
      // The first bucket is that of the check before the run.
      request: ({ method, path }) =>
        method === 'PUT' && /^\/s3cr-[\w-]+\/?$/.test(path) && ++refused === 2
          ? { status: 403, body: refusal('', 'AccessDenied') }
          : undefined,
      ...honest,
    },
  })

  expect(Object.values(meta).filter(({ verdict }) => verdict === 'setup failure')).toHaveLength(1)
  expect(Object.values(meta).filter(({ verdict }) => verdict === 'holds')).toHaveLength(3)
})

test('a test that got no answer is run again with fresh fixtures', async ({ nested }) => {
  let silent = 0
  const { code, meta } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: {
      request: ({ method, headers }) =>
        method === 'PUT' && headers['if-none-match'] && ++silent === 1
          ? { status: 503, body: refusal('', 'SlowDown') }
          : undefined,
      ...honest,
    },
  })

  expect(Object.values(meta).filter(({ verdict }) => verdict === 'holds')).toHaveLength(4)
  expect(code).toBe(0)
})

test('a store that is busy for good is no deviation', async ({ nested }) => {
  const { code, meta, output } = await nested({
    args: [...WHAT_EVERY_STORE_DOES],
    lie: {
      request: ({ headers }) => (headers['if-none-match'] ? { status: 503, body: refusal('', 'SlowDown') } : undefined),
    },
  })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'no answer', observed: 'PutObject answered 503 SlowDown' })
  expect(output).toContain('No answer of the store')
  expect(output).not.toMatch(/Deviation:/)
  expect(code).toBe(1)
})

test('a store that drops the connection every time can be written down so', async ({ nested }) => {
  const { code, meta } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: { request: ({ headers }) => (headers['if-none-match'] ? 'nothing' : undefined) },
    known: Object.fromEntries([FREE, TAKEN, VERSIONED, AGAIN].map((title) => [id(title), 'PutObject got no answer'])),
  })

  expect(meta[TAKEN]).toMatchObject({ verdict: 'known deviation', level: 'answer' })
  expect(code).toBe(0)
})

test('credentials that have expired end the run', async ({ nested }) => {
  let requests = 0
  const { code, output } = await nested({
    args: ['specs/read'],
    lie: {
      request: ({ path }) =>
        path.includes('x-id=GetObject') && ++requests > 20
          ? { status: 400, body: refusal('', 'ExpiredToken') }
          : undefined,
    },
    store: 'localstack@4.14.0',
  })

  expect(output).toContain('The run was ended: the store answered ExpiredToken')
  expect(Number(/(\d+) skipped/.exec(output)?.[1])).toBeGreaterThan(0)
  expect(code).toBe(1)
})

test('buckets that the store does not let go turn a run red', async ({ nested }) => {
  let stored = false
  const { code, output, meta } = await nested({
    args: ['specs/read/if-match-reads'],
    lie: {
      // The check before the run may delete its bucket.
      request: ({ method, path }) => {
        stored ||= method === 'PUT' && path.includes('x-id=PutObject')
        return stored && method === 'DELETE' && !path.includes('x-id=')
          ? { status: 409, body: refusal('', 'BucketNotEmpty') }
          : undefined
      },
    },
  })

  expect(new Set(Object.values(meta).map(({ verdict }) => verdict))).toEqual(new Set(['holds']))
  expect(output).toMatch(/s3cr-\w{10}-/)
  expect(code).toBe(1)
})

test('a store that goes away ends the run and is said once', async ({ nested }) => {
  let requests = 0
  const { code, output, meta } = await nested({
    args: WHAT_EVERY_STORE_DOES,
    lie: { request: () => (++requests > 12 ? 'nothing' : undefined) },
  })

  expect(Object.values(meta).map(({ verdict }) => verdict)).toContain('unreachable')
  expect(output).toContain('stopped answering: the run was ended')
  expect(output).not.toContain('FAIL')
  expect(code).toBe(1)
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
