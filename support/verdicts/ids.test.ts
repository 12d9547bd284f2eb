import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../paths'
import { behaviourOf, checkId, faultsOfLedger, slug } from './ids'

const file = join(root, 'specs', 'write', 'if-none-match-star.spec.ts')

test('an id is the path below specs and the title, in letters, digits and hyphens', () => {
  expect(checkId(file, 'is refused, once the key holds an object')).toBe(
    'write/if-none-match-star/is-refused-once-the-key-holds-an-object',
  )
  expect(slug('“If-Match: *” copies!')).toBe('if-match-copies')
})

test('a check that was renamed keeps the id that it was born with', () => {
  const ledger = { 'write/if-none-match-star/is-refused': 'write/an-old-path/an-old-title' }

  expect(checkId(file, 'is refused', ledger)).toBe('write/an-old-path/an-old-title')
  expect(behaviourOf('write/an-old-path/an-old-title')).toBe('write/an-old-path')
})

test('a ledger neither gives an id twice nor names a check that is not there', () => {
  expect(faultsOfLedger({}, ['a/b/new'])).toEqual([])
  expect(faultsOfLedger({ 'a/b/new': 'a/b/old' }, ['a/b/new'])).toEqual([])
  expect(faultsOfLedger({ 'a/b/new': 'a/b/old' }, [])).toEqual(['a/b/new is renamed, and no check has that name'])
  expect(faultsOfLedger({ 'a/b/new': 'a/b/old', 'a/b/newer': 'a/b/old' }, ['a/b/new', 'a/b/newer'])).toEqual([
    'a/b/old is given twice',
  ])
  expect(faultsOfLedger({ 'a/b/new': 'a/b/old' }, ['a/b/new', 'a/b/old'])).toEqual([
    'a/b/old is given to a check of another name',
  ])
})

test('two checks can change their names with each other', () => {
  expect(faultsOfLedger({ 'a/b/x': 'a/b/y', 'a/b/y': 'a/b/x' }, ['a/b/x', 'a/b/y'])).toEqual([])
})
