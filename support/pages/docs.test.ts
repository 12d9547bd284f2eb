import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { catalogue } from '../catalogue/catalogue'
import type { Check } from '../catalogue/checks'
import { root } from '../paths'
import type { Result } from '../results/format'
import { checksPage } from './checks'
import { pages, read } from './docs'
import { FOLDERS } from './folders'
import { between, table } from './markdown'
import { storesTable } from './readme'

test.for(Object.entries(pages()))('%s is what `npm run docs` makes of it', ([page, text]) => {
  expect(read(page)).toBe(text)
})

test('replaces what stands between two markers', () => {
  expect(between('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\n\nnew\n\n<!-- /x --> b')
  expect(() => between('a', 'x', 'new')).toThrow('README.md lacks <!-- x -->')
})

test('a table keeps its columns whatever its cells hold', () => {
  expect(
    table(
      ['a', 'b'],
      [
        ['x|y', 1],
        ['two\nlines', 'x\\|y'],
      ],
    ),
  ).toBe('| a | b |\n| --- | --- |\n| x\\|y | 1 |\n| two lines | x\\|y |')
})

const check = (title: string): Check => ({
  id: `read/if-match/${title}`,
  behaviour: 'read/if-match',
  title,
  describe: 'If-Match',
  facts: ['R03'],
  needs: [],
  docs: 'conditional-reads',
})

const result = (level?: 'data'): Result => ({
  format: 1,
  suite: '0.1.0',
  sdk: '3.0.0',
  date: '2026-11-25',
  store: { name: 'ministack', version: '1.0', how: 'process' },
  lacks: {},
  causes: { 'no-condition': { why: 'no Condition', link: 'https://example.com/1' } },
  checks: {
    'read/if-match/holds': { verdict: 'holds' },
    'read/if-match/differs': {
      verdict: 'known deviation',
      ...(level && { level }),
      observed: 'GetObject answered 200',
      cause: 'no-condition',
    },
  },
  requests: {},
  buckets: 1,
})

test('a deviation has the sign of its level, and a link to its cause', () => {
  const text = checksPage(catalogue([check('differs'), check('holds')], [result('data')]))

  expect(text).toContain('| differs | R03 | ‼ [no-condition](#ministack-1-0-no-condition) |')
  expect(text).toContain('| holds | R03 | ✓ |')
  expect(text).toContain(
    '| 1 | <a id="ministack-1-0-no-condition"></a>[no-condition](https://example.com/1) | no Condition |',
  )
  expect(text).not.toContain('≠')
})

test('a store is counted by behaviours, checks, levels and causes', () => {
  const row = ({ stores }: ReturnType<typeof catalogue>) => storesTable(stores).split('\n').at(-1)

  expect(row(catalogue([], [result('data')]))).toBe(
    '| MiniStack 1.0 | 0 | 1 | 0 | 1 | 1 | 1 | 0 | 0 | 1 | 0 | 2026-11-25 |',
  )
  expect(row(catalogue([], [result()]))).toBe('| MiniStack 1.0 | 0 | 1 | 0 | 1 | 1 |  |  |  | 1 | 0 | 2026-11-25 |')
})

test('every folder of specs has a page', () => {
  const folders = readdirSync(join(root, 'specs'))

  expect(Object.keys(FOLDERS).toSorted()).toEqual(folders.toSorted())
})
