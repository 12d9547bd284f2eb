import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '../test'
import { clone } from '../testing/clone'
import { changedBytes, returned } from '../testing/misbehaving-stores'
import { test as suiteTest } from '../testing/run-suite'

// Specs that break the rules are told so.

const test = suiteTest.extend('clone', ({}, { onCleanup }) => clone(onCleanup))

const spec = (title: string, tests: string) => `
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('${title}', docs('conditional-writes'), () => {
${tests}
})
`

const BREAKING = spec(
  'Breaks the rules',
  `
  test('names no facts', async () => {})

  test('forgets to await', evidence(facts.P01), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
    expect(key).toHaveBody('other bytes')
  })

  test('never looks', evidence(facts.P02), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))
    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
  })

  test('looks at another key', evidence(facts.P02), async ({ s3, object, key }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))
    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(key).toHaveNoObject()
  })

  test('writes to what it shares', evidence(facts.P02), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))
    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })

  test('sees no answer of its facts', evidence(facts.P02), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
    await expect(key).toHaveBody('first')
  })

  test('has a mistake', evidence(facts.P01), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
    ;(undefined as unknown as { length: () => number }).length()
  })

  test('sends nothing, and fails', evidence(facts.P01), async () => {
    expect(1).toBe(2)
  })

  test('has a mistake after what differs', evidence(facts.P01), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
    await expect(key).toHaveBody('other bytes')
    ;(undefined as unknown as { length: () => number }).length()
  })
`,
)

test('a spec that breaks a rule is told so', async ({ runSuite, clone }) => {
  await writeFile(join(clone, 'specs', 'write', 'breaks-the-rules.spec.ts'), BREAKING)

  const { code, output, meta } = await runSuite({ in: clone, args: ['specs/write/breaks'] })

  expect(code).toBe(1)
  expect(output).toContain('“names no facts” names no evidence')
  expect(meta['forgets to await']).toMatchObject({ verdict: 'deviation', deviation: { severity: 'data' } })
  expect(output).toContain('“never looks” has PutObject refused and never looks whether anything changed')
  expect(output).toContain('“looks at another key” has PutObject refused and never looks')
  expect(output).toContain('“writes to what it shares” sends PutObject to the object that it shares')
  expect(output).toContain('“sees no answer of its facts” holds, but no answer is one that its facts state: P02 (412')
  expect(meta['has a mistake']).toMatchObject({ verdict: 'setup failure' })
  // The store has no part in it.
  expect(meta['sends nothing, and fails']).toMatchObject({ verdict: 'setup failure' })
  expect(meta['has a mistake after what differs']).toMatchObject({ verdict: 'deviation' })
})

test('known deviations are known wherever the checkout lies', async ({ runSuite, clone }) => {
  const id = 'write/if-none-match-star-never-overwrites/is-refused-once-the-key-holds-an-object'
  const args = ['specs/write/if-none-match', '-t', 'is refused once']

  const { meta } = await runSuite({
    in: clone,
    args,
    known: { [id]: [returned, changedBytes] },
    tamper: { request: ({ method, headers }) => void (method === 'PUT' && delete headers['if-none-match']) },
  })

  expect(meta['is refused once the key holds an object']).toMatchObject({ verdict: 'known deviation' })
})
