import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { evaluate, type Outcome, type Request, type State } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { root } from '../../paths'
import { allMutants } from './all'
import {
  after,
  allOf,
  failsWith,
  ignoring,
  misreading,
  type Override,
  succeedingInsteadOf,
  withHeader,
  writingSilently,
} from './overrides'

const specs = readdirSync(join(root, 'specs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.spec.ts'))
  .map((file) => `specs/${file.replaceAll('\\', '/')}`)
const broken = allMutants.map(([, { spec }]) => spec)
/**
 * A mutant's path selects the spec with that path. If there is none, it selects every spec whose path starts with it.
 */
const names = (spec: string, file: string) =>
  specs.includes(`${spec}.spec.ts`) ? file === `${spec}.spec.ts` : file.startsWith(spec)

test('every mutant names a spec that exists', () => {
  expect(broken.filter((spec) => !specs.some((file) => names(spec, file)))).toEqual([])
})

test('every spec has a mutant, except those about the SDK', () => {
  const aboutStores = specs.filter((file) => !file.startsWith('specs/aws-sdk/'))

  const without = aboutStores.filter((file) => !broken.some((spec) => names(spec, file)))
  expect(without, 'Add a mutant to support/tools/mutants. See “A mutant” in CONTRIBUTING.md.').toEqual([])
})

test('no mutant is defined twice', () => {
  const all = allMutants.map(([, { name, breaks, spec }]) => [name, breaks, spec].join(' | '))

  expect(all.length).toBe(new Set(all).size)
})

describe('an override', () => {
  const state: State = {
    now: new Date(),
    bucket: { versioning: 'never', directory: false },
    key: { current: { etag: '"a"', lastModified: new Date(0), size: 1 } },
  }
  const put = (headers: Request['headers'] = {}, key = 'k'): Request => ({ operation: 'PutObject', key, headers })
  const decide = (override: Override, request: Request): Outcome => override(request, state, evaluate(request, state))
  const written = { kind: 'success', effect: 'written' }
  const failed = { kind: 'failure', effect: 'unchanged', error: { status: 412 } }
  const failedAndWritten = { ...failed, effect: 'written' }

  test.each([
    ['ignoring ignores its header', ignoring('PutObject', 'ifMatch'), { ifMatch: '"b"' }, written],
    ['ignoring ignores no other header', ignoring('PutObject', 'ifMatch'), { ifNoneMatch: '*' }, failed],
    ['ignoring does not affect other operations', ignoring('CopyObject', 'ifMatch'), { ifMatch: '"b"' }, failed],
    ['writingSilently fails and writes', writingSilently('PutObject'), { ifMatch: '"b"' }, failedAndWritten],
    ['writingSilently does not affect a success', writingSilently('PutObject'), { ifMatch: '"a"' }, written],
    ['succeedingInsteadOf succeeds', succeedingInsteadOf(412, 'PutObject'), { ifNoneMatch: '*' }, written],
    ['succeedingInsteadOf keeps other errors', succeedingInsteadOf(404, 'PutObject'), { ifNoneMatch: '*' }, failed],
    ['misreading reads another value', misreading('PutObject', 'ifMatch', () => '"a"'), { ifMatch: '"b"' }, written],
    ['misreading can read no value', misreading('PutObject', 'ifMatch', () => undefined), { ifMatch: '"b"' }, written],
  ])('%s', (_, override, headers, expected) => {
    expect(decide(override, put(headers))).toMatchObject(expected)
  })

  test('after selects only later requests to the same key', () => {
    const override = ignoring(
      allOf(withHeader('PutObject', 'ifNoneMatch'), after(failsWith('PutObject', 412))),
      'ifNoneMatch',
    )

    expect(decide(override, put({ ifNoneMatch: '*' }))).toMatchObject(failed)
    expect(decide(override, put({ ifNoneMatch: '*' }))).toMatchObject(written)
    expect(decide(override, put({ ifNoneMatch: '*' }, 'another'))).toMatchObject(failed)
  })
})
