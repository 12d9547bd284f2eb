import { expect, test } from 'vitest'
import { collectSpecs } from '../catalogue/collect'
import { between, pages, read } from './docs'

test.for(Object.entries(pages(await collectSpecs())))('%s is what `npm run docs` makes of it', ([page, text]) => {
  expect(read(page)).toBe(text)
})

test('replaces what stands between two markers', () => {
  expect(between('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\n\nnew\n\n<!-- /x --> b')
  expect(() => between('a', 'x', 'new')).toThrow('README.md lacks <!-- x -->')
})
