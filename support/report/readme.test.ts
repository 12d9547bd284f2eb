import { expect, test } from 'vitest'
import { between, readReadme, rendered } from './readme'

test('the README says what the settings are; mend it with: npm run docs', () => {
  expect(readReadme()).toBe(rendered(readReadme()))
})

test('replaces what stands between two markers', () => {
  expect(between('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\n\nnew\n\n<!-- /x --> b')
  expect(() => between('a', 'x', 'new')).toThrow('README.md lacks <!-- x -->')
})
