import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { evaluate, type Outcome, type Request, type State } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { root } from '../../paths'
import { allMutants } from './all'
import { after, allowing, behind, both, failing, having, ignoring, mistaking, type Override } from './overrides'

const mutants = await allMutants()
const specs = readdirSync(join(root, 'specs'), { recursive: true, encoding: 'utf8' }).map((file) => `specs/${file}`)

test('each mutant names specs that exist', () => {
  const lost = mutants.map(([, { spec }]) => spec).filter((spec) => !specs.some((file) => file.startsWith(spec)))

  expect(lost).toEqual([])
})

test('no mutant is there twice', () => {
  const all = mutants.map(([, { name, breaks, spec }]) => [name, breaks, spec].join(' | '))

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
  const fails = { kind: 'failure', effect: 'unchanged', error: { status: 412 } }

  test.each([
    ['ignores a header', ignoring('PutObject', 'ifMatch'), { ifMatch: '"b"' }, written],
    ['ignores no other header', ignoring('PutObject', 'ifMatch'), { ifNoneMatch: '*' }, fails],
    ['leaves other operations alone', ignoring('CopyObject', 'ifMatch'), { ifMatch: '"b"' }, fails],
    ['fails and writes all the same', behind('PutObject'), { ifMatch: '"b"' }, { ...fails, effect: 'written' }],
    ['leaves what succeeds alone', behind('PutObject'), { ifMatch: '"a"' }, written],
    ['allows what fails with a status', allowing(412, 'PutObject'), { ifNoneMatch: '*' }, written],
    ['allows nothing else', allowing(404, 'PutObject'), { ifNoneMatch: '*' }, fails],
    ['reads another value', mistaking('PutObject', 'ifMatch', () => '"a"'), { ifMatch: '"b"' }, written],
    ['reads none', mistaking('PutObject', 'ifMatch', () => undefined), { ifMatch: '"b"' }, written],
  ])('%s', (_, override, headers, expected) => {
    expect(decide(override, put(headers))).toMatchObject(expected)
  })

  test('remembers keys', () => {
    const override = ignoring(both(having('PutObject', 'ifNoneMatch'), after(failing('PutObject', 412))), 'ifNoneMatch')

    expect(decide(override, put({ ifNoneMatch: '*' }))).toMatchObject(fails)
    expect(decide(override, put({ ifNoneMatch: '*' }))).toMatchObject(written)
    expect(decide(override, put({ ifNoneMatch: '*' }, 'another'))).toMatchObject(fails)
  })
})
