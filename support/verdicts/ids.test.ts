import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../paths'
import { aliasProblems, behaviourOf, checkId, slug } from './ids'

const file = join(root, 'specs', 'write', 'if-none-match-star.spec.ts')

test('an id consists of the path relative to specs and the title, in letters, digits and hyphens', () => {
  expect(checkId(file, 'fails with 412, when the key exists')).toBe(
    'write/if-none-match-star/fails-with-412-when-the-key-exists',
  )
  expect(slug('“If-Match: *” copies!')).toBe('if-match-copies')
})

test('a renamed check keeps its first id', () => {
  const aliases = { 'write/if-none-match-star/fails': 'write/an-old-path/an-old-title' }

  expect(checkId(file, 'fails', aliases)).toBe('write/an-old-path/an-old-title')
  expect(behaviourOf('write/an-old-path/an-old-title')).toBe('write/an-old-path')
})

test('each id belongs to only one check, and every alias names a check that exists', () => {
  expect(aliasProblems({}, ['a/b/new'])).toEqual([])
  expect(aliasProblems({ 'a/b/new': 'a/b/old' }, ['a/b/new'])).toEqual([])
  expect(aliasProblems({ 'a/b/new': 'a/b/old' }, [])).toEqual(['a/b/new has an alias, but no check has this id'])
  expect(aliasProblems({ 'a/b/new': 'a/b/old', 'a/b/newer': 'a/b/old' }, ['a/b/new', 'a/b/newer'])).toEqual([
    'a/b/old is the alias of two checks',
  ])
  expect(aliasProblems({ 'a/b/new': 'a/b/old' }, ['a/b/new', 'a/b/old'])).toEqual([
    'a/b/old is the alias of one check and the id of another',
  ])
})

test('two checks can swap their ids', () => {
  expect(aliasProblems({ 'a/b/x': 'a/b/y', 'a/b/y': 'a/b/x' }, ['a/b/x', 'a/b/y'])).toEqual([])
})
