import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Observation } from '../../observation'
import { root } from '../../paths'
import type { Check } from '../../verdicts/manifest'
import type { Result } from '../../verdicts/result-file'
import { catalogue } from '../catalogue'
import { checksPage } from './checks'
import { pages, read } from './docs'
import { FOLDERS } from './folders'
import { between, table } from './markdown'
import { storesTable } from './readme'

test.for(Object.entries(pages()))('%s is up to date; otherwise run `npm run docs`', ([page, text]) => {
  expect(read(page)).toBe(text)
})

test('the text between two markers is replaced', () => {
  expect(between('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\n\nnew\n\n<!-- /x --> b')
  expect(() => between('a', 'x', 'new')).toThrow('README.md lacks <!-- x -->')
})

test('a table keeps its columns whatever its cells contain', () => {
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
  docs: 'conditional-reads',
})

const observed: Observation[] = [{ kind: 'response', operation: 'GetObject', status: 200 }]

const result: Result = {
  format: 2,
  suite: '0.1.0',
  sdk: '3.0.0',
  date: '2026-11-25',
  store: { name: 'ministack', version: '1.0', how: 'process' },
  unsupported: {},
  causes: { 'no-condition': { why: 'no Condition', link: 'https://example.com/1' } },
  checks: {
    'read/if-match/holds': { verdict: 'holds' },
    'read/if-match/differs': { verdict: 'known deviation', severity: 'data', observed, cause: 'no-condition' },
    'read/if-match/races': {
      verdict: 'unstable',
      severity: 'data',
      observed,
      violated: 3,
      rounds: 30,
      cause: 'no-condition',
    },
  },
  requests: {},
  buckets: 1,
}

test('a deviation has the symbol for its severity, an unstable race has its rate, and both link to their cause', () => {
  const text = checksPage(catalogue([check('differs'), check('holds'), check('races')], [result]))

  expect(text).toContain('| differs | R03 | ‼ [no-condition](#ministack-1-0-no-condition) |')
  expect(text).toContain('| races | R03 | ± 3 of 30 [no-condition](#ministack-1-0-no-condition) |')
  expect(text).toContain('| holds | R03 | ✓ |')
  expect(text).toContain(
    '| 2 | <a id="ministack-1-0-no-condition"></a>[no-condition](https://example.com/1) | no Condition |',
  )
})

test('the table of stores counts behaviours, checks, severities, unstable races and causes', () => {
  expect(
    storesTable(catalogue([], [result]).stores)
      .split('\n')
      .at(-1),
  ).toBe('| MiniStack 1.0 | 0 | 1 | 0 | 1 | 1 | 1 | 0 | 0 | 1 | 1 | 0 | 2026-11-25 |')
})

test('every folder of specs has a page', () => {
  const folders = readdirSync(join(root, 'specs'))

  expect(Object.keys(FOLDERS).toSorted()).toEqual(folders.toSorted())
})
