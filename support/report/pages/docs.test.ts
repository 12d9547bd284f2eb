import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../paths'
import { checkIn, exampleOf, known, returned200 } from '../../testing/results'
import { catalogue } from '../catalogue'
import { checksPage } from './checks'
import { pages, read } from './docs'
import { FOLDERS } from './folders'
import { between, table } from './markdown'
import { storesTable } from './readme'

test.for(Object.entries(pages()))('%s is up to date; otherwise run `npm run docs`', ([page, text]) => {
  expect(read(page)).toBe(text)
})

test('the sample output in the README has the numbers in the baseline of LocalStack', () => {
  const localstack = catalogue().stores.find(({ title }) => title === 'LocalStack 4.14.0')
  if (!localstack) throw new Error('LocalStack 4.14.0 has no baseline.')
  const { checks, behaviours, verdicts, unstable, severities } = localstack.summary
  const counts = `${behaviours.holds} hold, ${behaviours.partly} partly hold, ${behaviours.deviates} deviate`
  const known = `${verdicts['known deviation']} known deviations`

  const text = read('README.md')
  expect(text).toContain(`${behaviours.all} behaviours: ${counts}, ${behaviours.unsupported} unsupported`)
  expect(text).toContain(`${checks} checks: ${verdicts.holds} hold, ${known}, ${unstable.all} unstable (`)
  expect(text).toContain(`${known}: ${severities.data} data, ${severities.status} status, ${severities.detail} detail`)
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

const check = (title: string) => checkIn('read/if-match', title, ['R03'])
const result = exampleOf(
  {
    'read/if-match/holds': { verdict: 'holds' },
    'read/if-match/differs': { ...known(returned200), severity: 'data' },
    'read/if-match/races': { ...known(returned200), verdict: 'unstable', severity: 'data', violated: 3, rounds: 30 },
  },
  {
    store: { name: 'ministack', version: '1.0', how: 'process' },
    causes: { 'no-condition': { why: 'no Condition', link: 'https://example.com/1' } },
  },
)

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
