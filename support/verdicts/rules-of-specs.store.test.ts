import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '../test'
import { clone } from '../testing/clone'
import { changedBytes, returned } from '../testing/misbehaving-stores'
import { test as suiteTest } from '../testing/run-suite'

// A spec that breaks a rule fails with a message that names the rule.

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

  test('does not check the key', evidence(facts.P02), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))
    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
  })

  test('checks another key', evidence(facts.P02), async ({ s3, object, key }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: '*' }))
    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(key).toHaveNoObject()
  })

  test('writes to a shared object', evidence(facts.P02), async ({ s3, sharedObject }) => {
    const write = s3.send(new PutObjectCommand({ ...sharedObject.address, Body: 'second', IfNoneMatch: '*' }))
    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(sharedObject).toBeUnchanged()
  })

  test('receives another response', evidence(facts.P02), async ({ s3, key }) => {
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

  test('has a mistake after a deviation', evidence(facts.P01), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
    await expect(key).toHaveBody('other bytes')
    ;(undefined as unknown as { length: () => number }).length()
  })
`,
)

test('a spec that breaks a rule fails with a message', async ({ runSuite, clone }) => {
  await writeFile(join(clone, 'specs', 'write', 'breaks-the-rules.spec.ts'), BREAKING)

  const { code, output, meta } = await runSuite({ in: clone, args: ['specs/write/breaks'] })

  expect(code).toBe(1)
  expect(output).toContain('“names no facts” names no evidence')
  expect(meta['forgets to await']).toMatchObject({ verdict: 'deviation', deviation: { severity: 'data' } })
  expect(output).toContain('“does not check the key” does not check the key after a failed PutObject. Add an assertion')
  expect(output).toContain('“checks another key” does not check the key after a failed PutObject')
  expect(output).toContain('“writes to a shared object” sends PutObject to the shared object. Use the fixture `object`')
  expect(output).toContain(
    '“receives another response” holds, but received none of the responses that its facts describe: P02 (412',
  )
  expect(meta['has a mistake']).toMatchObject({ verdict: 'setup failure' })
  // The test sent no request, so the store is not at fault.
  expect(meta['sends nothing, and fails']).toMatchObject({ verdict: 'setup failure' })
  expect(meta['has a mistake after a deviation']).toMatchObject({ verdict: 'deviation' })
})

test('known deviations are found in a checkout at another path', async ({ runSuite, clone }) => {
  const id = 'write/if-none-match-never-overwrites/putobject-with-if-none-match-fails-with-412-when-the-key-exists'
  const args = ['specs/write/if-none-match', '-t', 'when the key exists$']

  const { meta } = await runSuite({
    in: clone,
    args,
    known: { [id]: [returned, changedBytes] },
    tamper: { request: ({ method, headers }) => void (method === 'PUT' && delete headers['if-none-match']) },
  })

  expect(meta['PutObject with If-None-Match: * fails with 412 when the key exists']).toMatchObject({
    verdict: 'known deviation',
  })
})
